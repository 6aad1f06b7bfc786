package io.chronoconf.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.packet.ExtensionField;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthenticatorTest {
  private static final OptionalLong KEY = OptionalLong.of(42);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final PacketFacts FACTS =
      PacketFacts.of(new InetSocketAddress(ADDRESS, 123), ADDRESS, 123, 0);
  private static final byte[] PACKET =
      NtpPacketEncoder.encode(
          Packets.withTrailer(
              NtpPacket.request(4, 6, new NtpTimestamp(77)),
              List.of(new ExtensionField(0x1234, new byte[28])),
              Optional.empty()));

  private static Authenticator with(MacAlgorithm algorithm, int filling) {
    byte[] secret = new byte[16];
    Arrays.fill(secret, (byte) filling);
    Authenticator authenticator = new Authenticator();
    authenticator.use(
        new KeyRing(
            true, Map.of(42L, new AuthenticationKey(42, algorithm, secret, true, _ -> true))));
    return authenticator;
  }

  private static Authenticator.Result judged(Authenticator by, byte[] packet) {
    return by.judgeConfigured(packet, KEY, FACTS);
  }

  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void theSealIsOverEveryOctetOfHeaderAndFields(MacAlgorithm algorithm) {
    Authenticator authenticator = with(algorithm, 1);
    byte[] sealed = authenticator.sealed(PACKET, KEY);
    assertEquals(PACKET.length + 4 + algorithm.digestLength(), sealed.length);
    assertEquals(Authenticator.Result.SUCCESS, judged(authenticator, sealed));
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 0x10;
      assertEquals(Authenticator.Result.FAILED, judged(authenticator, changed), "octet " + at);
    }
  }

  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void anotherSecretSealsNothing(MacAlgorithm algorithm) {
    byte[] sealed = with(algorithm, 1).sealed(PACKET, KEY);
    assertEquals(Authenticator.Result.FAILED, judged(with(algorithm, 2), sealed));
  }

  /// Some digests have the same length: the key says which one it is.
  @Test
  void aKeyIsForOneAlgorithm() {
    for (MacAlgorithm one : MacAlgorithm.values()) {
      byte[] sealed = with(one, 1).sealed(PACKET, KEY);
      for (MacAlgorithm other : MacAlgorithm.values()) {
        assertEquals(
            one == other ? Authenticator.Result.SUCCESS : Authenticator.Result.FAILED,
            judged(with(other, 1), sealed),
            one + " for " + other);
      }
    }
  }

  @Test
  void anotherKeysIdentifierFails() {
    Authenticator authenticator = with(MacAlgorithm.AES_CMAC, 1);
    byte[] sealed = authenticator.sealed(PACKET, KEY);
    assertEquals(
        Authenticator.Result.FAILED,
        authenticator.judgeConfigured(sealed, OptionalLong.of(43), FACTS));
  }

  @Test
  void aCutSealOrNoneIsNoProof() {
    Authenticator authenticator = with(MacAlgorithm.HMAC_SHA_1, 1);
    byte[] sealed = authenticator.sealed(PACKET, KEY);
    for (int length : new int[] {0, 4, 12, 16}) {
      byte[] cut = Arrays.copyOf(sealed, PACKET.length + length);
      assertEquals(Authenticator.Result.FAILED, judged(authenticator, cut), length + " octets");
    }
  }
}
