package io.chronoconf.ntp.auth;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.packet.TrailingFields;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Seals packets and judges seals, by the rules of tables 3 to 6 of the guide. One thread.
public final class Authenticator {
  private static final int KEY_ID_LENGTH = 4;

  private final Map<Long, KeyedDigest> digests = new HashMap<>();
  private KeyRing ring = KeyRing.NONE;

  /// What authentication says of a packet.
  public enum Result {
    /// Nobody asked for it.
    NOT_PERFORMED,
    SUCCESS,
    FAILED
  }

  /// Takes other keys from now on.
  @SuppressWarnings("ReferenceEquality") // the same ring need not be looked at again
  public void use(KeyRing keys) {
    if (keys != ring) {
      ring = keys;
      digests.clear();
    }
  }

  public KeyRing ring() {
    return ring;
  }

  /// The packet with a seal behind it, if the association's packets are to have one.
  ///
  /// @param keyId of the association
  public byte[] sealed(byte[] packet, OptionalLong keyId) {
    return ring.sealing(keyId).map(key -> sealed(packet, key)).orElse(packet);
  }

  private byte[] sealed(byte[] packet, AuthenticationKey key) {
    byte[] digest = digest(key).of(packet, 0, packet.length);
    ByteBuffer sealed = ByteBuffer.allocate(packet.length + KEY_ID_LENGTH + digest.length);
    return sealed.put(packet).putInt((int) key.id()).put(digest).array();
  }

  private KeyedDigest digest(AuthenticationKey key) {
    return digests.computeIfAbsent(key.id(), _ -> key.digest());
  }

  /// Judges a packet of a configured association (tables 3 and 4): a seal is asked for only if
  /// authentication is on and the association has a key.
  ///
  /// @param keyId of the association
  /// @param facts of the packet, which decide who may use its key
  public Result judgeConfigured(byte[] packet, OptionalLong keyId, PacketFacts facts) {
    if (!ring.isEnabled() || keyId.isEmpty()) {
      return Result.NOT_PERFORMED;
    }
    Optional<AuthenticationKey> key = sealOf(packet).filter(k -> k.id() == keyId.getAsLong());
    return key.isPresent() && key.get().admits(facts) ? Result.SUCCESS : Result.FAILED;
  }

  /// Judges a packet that forms an association, or belongs to one that a packet formed (tables 4 to
  /// 6): with authentication on it needs a seal, with authentication off it must have none.
  ///
  /// @param keyId that the association was formed with; empty for a new one
  public Result judgeForming(byte[] packet, OptionalLong keyId, PacketFacts facts) {
    if (!ring.isEnabled()) {
      return hasSeal(packet) ? Result.FAILED : Result.NOT_PERFORMED;
    }
    Optional<AuthenticationKey> key =
        sealOf(packet).filter(k -> keyId.isEmpty() || k.id() == keyId.getAsLong());
    return key.isPresent() && key.get().admits(facts) ? Result.SUCCESS : Result.FAILED;
  }

  /// The key identifier of a packet that has a seal.
  public static OptionalLong keyId(byte[] packet) {
    int start = macStart(packet);
    return start < 0 || start == packet.length
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(packet).getInt(start) & 0xffffffffL);
  }

  private static boolean hasSeal(byte[] packet) {
    int start = macStart(packet);
    return start >= 0 && start < packet.length;
  }

  private static int macStart(byte[] packet) {
    return packet.length < PacketLayout.HEADER_LENGTH
        ? -1
        : TrailingFields.macStart(ByteBuffer.wrap(packet), 0, packet.length);
  }

  /// The trusted key that sealed a packet; empty if none did.
  private Optional<AuthenticationKey> sealOf(byte[] packet) {
    int start = macStart(packet);
    return start < 0 || start == packet.length
        ? Optional.empty()
        : sealOf(packet, 0, start, packet.length);
  }

  /// The same for a server, which answers with the key that it was asked with.
  ///
  /// @param packet an array with a packet in it
  /// @param offset of the packet
  /// @param macStart index of its seal
  /// @param end index after it
  public Optional<AuthenticationKey> sealOf(byte[] packet, int offset, int macStart, int end) {
    if (!ring.isEnabled() || end - macStart <= KEY_ID_LENGTH) {
      return Optional.empty();
    }
    long id = ByteBuffer.wrap(packet).getInt(macStart) & 0xffffffffL;
    Optional<AuthenticationKey> key = ring.trusted(id);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    byte[] expected = digest(key.get()).of(packet, offset, macStart - offset);
    byte[] given = Arrays.copyOfRange(packet, macStart + KEY_ID_LENGTH, end);
    // Takes the same time wherever they differ.
    return MessageDigest.isEqual(expected, given) ? key : Optional.empty();
  }

  /// Writes the seal of what lies before it.
  ///
  /// @param packet from its position on; its limit is moved behind the seal
  public void seal(ByteBuffer packet, AuthenticationKey key) {
    int start = packet.position();
    int end = packet.limit();
    byte[] digest = digest(key).of(packet.array(), packet.arrayOffset() + start, end - start);
    packet.limit(end + KEY_ID_LENGTH + digest.length);
    packet.putInt(end, (int) key.id()).put(end + KEY_ID_LENGTH, digest);
  }
}
