package io.chronoconf.agent.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.transport.EndpointStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The calls of one client, with a script in place of the network and no time going by.
class CallHomeTest {
  private static final InetSocketAddress FIRST = address("192.0.2.1", 4334);
  private static final InetSocketAddress SECOND = address("2001:db8::2", 4335);

  /// Half of the time, and never more.
  private static final RandomGenerator NO_CHANCE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return 0;
        }
      };

  private enum Outcome {
    REFUSED,
    NO_LOGIN,
    USED
  }

  private final Deque<Outcome> script = new ArrayDeque<>();
  private final List<InetSocketAddress> called = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<EndpointStatus> statuses = new ArrayList<>();
  private Duration lasts = Duration.ZERO;
  private long nowNs;

  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  private final Transport network =
      new Transport() {
        @Override
        public Listening listen(InetSocketAddress address) throws IOException {
          throw new IOException("not listened in this test");
        }

        @Override
        public Call call(InetSocketAddress client, Duration patience) throws IOException {
          called.add(client);
          Outcome outcome = script.removeFirst();
          if (outcome == Outcome.REFUSED) {
            throw new IOException("Connection refused");
          }
          return new Call() {
            @Override
            public boolean awaitEnd() {
              statuses.add(home.status());
              nowNs += lasts.toNanos();
              return outcome == Outcome.USED;
            }

            @Override
            public void close() {}
          };
        }
      };

  private CallHome home = home(Optional.empty(), false, Duration.ofMinutes(5));

  private CallHome home(Optional<Duration> period, boolean startsWithLast, Duration maxWait) {
    return new CallHome(
        "noc",
        new CallHomeConfig(
            TransportKind.SSH, List.of(FIRST, SECOND), period, startsWithLast, maxWait),
        network,
        this::pause,
        () -> nowNs,
        NO_CHANCE);
  }

  private void pause(Duration time) throws InterruptedException {
    pauses.add(time);
    nowNs += time.toNanos();
    if (script.isEmpty()) {
      throw new InterruptedException("the script is over");
    }
  }

  private void run(Outcome... outcomes) {
    script.addAll(List.of(outcomes));
    home.run();
    assertTrue(Thread.interrupted());
  }

  private static List<Duration> seconds(double... seconds) {
    List<Duration> all = new ArrayList<>();
    for (double one : seconds) {
      all.add(Duration.ofMillis((long) (one * 1_000)));
    }
    return all;
  }

  @Test
  void triesEveryEndpointAndThenWaitsLongerEachTime() {
    Outcome[] none = new Outcome[22];
    java.util.Arrays.fill(none, Outcome.REFUSED);
    run(none);
    assertEquals(22, called.size());
    assertEquals(List.of(FIRST, SECOND, FIRST, SECOND), called.subList(0, 4));
    assertEquals(seconds(0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150), pauses);
    assertEquals(
        new EndpointStatus(
            State.WAITING,
            Optional.empty(),
            0,
            Optional.of("[2001:db8:0:0:0:0:0:2]:4335: Connection refused")),
        home.status());
  }

  @Test
  void callsAgainSoonAfterASessionHasEnded() {
    run(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.USED, Outcome.USED);
    assertEquals(List.of(FIRST, SECOND, FIRST, SECOND, FIRST), called);
    assertEquals(seconds(0.5, 0.5, 0.5), pauses);
    assertEquals(
        new EndpointStatus(
            State.CONNECTED, Optional.of("[2001:db8:0:0:0:0:0:2]:4335"), 1, Optional.empty()),
        statuses.getFirst());
    assertEquals(2, home.status().connections());
  }

  @Test
  void aClientThatDoesNotLogInIsNotCalledAgainAtOnce() {
    run(
        Outcome.NO_LOGIN,
        Outcome.NO_LOGIN,
        Outcome.NO_LOGIN,
        Outcome.NO_LOGIN,
        Outcome.NO_LOGIN,
        Outcome.NO_LOGIN);
    assertEquals(seconds(0.5, 1, 2), pauses);
    assertTrue(home.status().lastError().orElseThrow().contains("logged in"));
  }

  @Test
  void startsWhereTheLastConnectionWasIfToldTo() {
    home = home(Optional.empty(), true, Duration.ofMinutes(5));
    run(Outcome.REFUSED, Outcome.USED, Outcome.USED, Outcome.REFUSED, Outcome.USED);
    assertEquals(List.of(FIRST, SECOND, SECOND, SECOND, FIRST), called);
  }

  @Test
  void aPeriodicConnectionBeginsOncePerPeriod() {
    home = home(Optional.of(Duration.ofHours(1)), false, Duration.ofMinutes(5));
    lasts = Duration.ofMinutes(10);
    run(Outcome.USED, Outcome.REFUSED, Outcome.REFUSED, Outcome.USED);
    assertEquals(
        List.of(Duration.ofMinutes(50), Duration.ofMillis(500), Duration.ofMinutes(50)), pauses);
  }

  @Test
  void aConnectionLongerThanThePeriodIsFollowedByTheNext() {
    home = home(Optional.of(Duration.ofMinutes(1)), false, Duration.ofMinutes(5));
    lasts = Duration.ofMinutes(10);
    run(Outcome.USED);
    assertEquals(seconds(0.5), pauses);
  }

  @Test
  void pausesDifferFromDeviceToDevice() {
    BackOff one = new BackOff(Duration.ofMinutes(1), new Random(1));
    BackOff other = new BackOff(Duration.ofMinutes(1), new Random(2));
    List<Duration> ofOne = new ArrayList<>();
    List<Duration> ofOther = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ofOne.add(one.next());
      ofOther.add(other.next());
      long allMs = Math.min(60_000, 1_000L << i);
      assertTrue(ofOne.getLast().toMillis() >= allMs / 2);
      assertTrue(ofOne.getLast().toMillis() <= allMs);
    }
    assertFalse(ofOne.equals(ofOther));
  }
}
