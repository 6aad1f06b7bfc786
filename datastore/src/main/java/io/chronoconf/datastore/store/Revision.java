package io.chronoconf.datastore.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// One change of a configuration.
///
/// @param number counts changes from 1, with gaps where a change was taken back; 0 before the first
/// @param time when, by the clock given to the datastores, in whole milliseconds
/// @param user who
public record Revision(long number, Instant time, String user) {
  /// Before anything was configured.
  public static final Revision NONE = new Revision(0, Instant.EPOCH, "");

  private static final int ID_BYTES = 8;

  public Revision {
    time = Instant.ofEpochMilli(time.toEpochMilli());
  }

  /// A name for the configuration after the change: no two revisions of a device share it, and a
  /// restart does not change it.
  public String id() {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    bytes.putLong(number).putLong(time.toEpochMilli()).put(name);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
