package io.chronoconf.ntp.packet;

import java.util.Optional;

/// The kiss codes of RFC 5905 section 7.4 that mean something to a client; all others are only
/// counted.
public enum KissCode {
  /// Access denied: stop.
  DENY,
  /// Access restricted: stop.
  RSTR,
  /// Too many packets: ask less often.
  RATE;

  /// The four ASCII characters as the reference identifier carries them.
  public int wireValue() {
    return ReferenceId.ofAscii(name()).bits();
  }

  /// The code in a reference identifier field, if it is one of these.
  public static Optional<KissCode> fromWire(int referenceId) {
    for (KissCode code : values()) {
      if (code.wireValue() == referenceId) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
