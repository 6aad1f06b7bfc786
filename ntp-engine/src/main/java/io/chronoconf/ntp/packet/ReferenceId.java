package io.chronoconf.ntp.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The reference identifier (RFC 5905 section 7.3): whom a clock follows.
///
/// @param bits as on the wire
public record ReferenceId(int bits) {
  /// Before the first answer.
  public static final ReferenceId INIT = ofAscii("INIT");

  /// After a step.
  public static final ReferenceId STEP = ofAscii("STEP");

  /// A local clock that is itself the primary.
  public static final ReferenceId LOCL = ofAscii("LOCL");

  /// That of a server: its IPv4 address, or the first four octets of the MD5 of its IPv6 address.
  public static ReferenceId of(InetAddress server) {
    byte[] address = server.getAddress();
    byte[] first = server instanceof Inet6Address ? md5(address) : address;
    return new ReferenceId(ByteBuffer.wrap(first).getInt());
  }

  /// One to four characters, padded with zeros.
  public static ReferenceId ofAscii(String code) {
    byte[] ascii = code.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length < 1 || ascii.length > 4) {
      throw new IllegalArgumentException("not one to four characters: " + code);
    }
    return new ReferenceId(ByteBuffer.allocate(4).put(ascii).getInt(0));
  }

  private static byte[] md5(byte[] octets) {
    try {
      // No security rests on it: it shortens an address as RFC 5905 says.
      return MessageDigest.getInstance("MD5").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
