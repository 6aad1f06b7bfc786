package io.chronoconf.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtpPacketDecoderFuzzTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesMutatedAndRandomPackets(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] good =
        NtpPacketEncoder.encode(
            Packets.withTrailer(
                NtpPacket.request(4, 6, new NtpTimestamp(7)),
                List.of(
                    new ExtensionField(0x104, new byte[32]),
                    new ExtensionField(0x204, new byte[12])),
                Optional.of(new Mac(42, new byte[16]))));
    int decoded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = round % 2 == 0 ? mutated(good, random) : noise(random);
      NtpPacketDecoderFuzz.fuzzerTestOneInput(bytes);
      decoded += NtpPacketDecoder.decode(bytes) instanceof DecodeResult.Decoded ? 1 : 0;
    }
    assertTrue(decoded > ROUNDS / 20, "the mutations reach beyond the first check: " + decoded);
  }

  private static byte[] mutated(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(200)) : bytes;
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(PacketLayout.MAX_PACKET_LENGTH + 100)];
    random.nextBytes(bytes);
    return bytes;
  }
}
