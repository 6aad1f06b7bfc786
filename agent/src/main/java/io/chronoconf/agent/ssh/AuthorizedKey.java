package io.chronoconf.agent.ssh;

import java.security.MessageDigest;

/// A public key by which somebody may log in.
///
/// @param data the key as SSH sends it: algorithm name and parameters (RFC 4253 section 6.6), which
///   is what ietf-system's key-data holds
@SuppressWarnings("ArrayRecordComponent")
public record AuthorizedKey(byte[] data) {
  boolean isSame(byte[] offered) {
    return MessageDigest.isEqual(data, offered);
  }
}
