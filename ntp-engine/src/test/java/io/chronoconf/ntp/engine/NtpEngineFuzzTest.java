package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtpEngineFuzzTest {
  private static final String SERVER = "192.0.2.1";
  private static final int ROUNDS = 5_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsTimeUnderFire(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    EngineFixture fixture = new EngineFixture().serve(SERVER, 0.01).following(SERVER);
    fixture.run(20);
    for (int round = 0; round < ROUNDS; round++) {
      Output.Send last = fixture.all(Output.Send.class).getLast();
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) (4 << 3 | (random.nextBoolean() ? 3 : 4));
      }
      SocketKind kind = random.nextBoolean() ? SocketKind.CLIENT : SocketKind.SERVER;
      fixture.take(
          new Input.Received(
              kind,
              random.nextInt(3),
              "",
              0,
              EngineFixture.OWN,
              EngineFixture.OWN_PORT,
              random.nextBoolean(),
              last.destination(),
              bytes,
              fixture.now(),
              0));
      fixture.take(new Input.Sent(random.nextInt(3), random.nextLong(), fixture.now()));
      if (round % 100 == 0) {
        fixture.run(random.nextDouble() * 10);
      }
    }
    assertTrue(fixture.system().isSynchronized());
    assertEquals(0.01, fixture.error(), 1e-5);
    PacketCounters counters = fixture.row(SERVER).counters();
    assertTrue(counters.dropped() > ROUNDS / 10);
    assertEquals(counters.received() - counters.dropped(), counters.sent());
  }
}
