package io.chronoconf.agent.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.transport.EndpointStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportsTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  /// The port of addresses that this host knows nothing of.
  private static final int ODD = 9;

  /// Ports that are in use, those of others among them.
  private final Set<Integer> taken = new ConcurrentSkipListSet<>();

  /// One entry for each pause that is to end.
  private final SynchronousQueue<Boolean> ticks = new SynchronousQueue<>();

  private final List<String> events = new CopyOnWriteArrayList<>();

  private final Transports transports =
      new Transports(new Transports.Surroundings(_ -> ticks.take(), () -> 0, new Random(1)));

  private final class Fake implements Transport {
    private final String name;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public Listening listen(InetSocketAddress address) throws IOException {
      if (address.getPort() == ODD) {
        throw new UnsupportedAddressTypeException();
      }
      if (!taken.add(address.getPort())) {
        throw new IOException("Address already in use");
      }
      events.add("+" + name + address.getPort());
      return new Listening() {
        @Override
        public int port() {
          return address.getPort();
        }

        @Override
        public void close() {
          taken.remove(address.getPort());
          events.add("-" + name + address.getPort());
        }
      };
    }

    @Override
    public Call call(InetSocketAddress client, Duration patience) {
      events.add("call " + name + client.getPort());
      CountDownLatch end = new CountDownLatch(1);
      return new Call() {
        @Override
        public boolean awaitEnd() throws InterruptedException {
          end.await();
          return true;
        }

        @Override
        public void close() {
          events.add("hang up " + name + client.getPort());
        }
      };
    }
  }

  private void start() {
    transports.start(
        Map.of(TransportKind.SSH, new Fake("ssh"), TransportKind.TLS, new Fake("tls")));
  }

  @AfterEach
  void stop() {
    transports.close();
  }

  private static ListenConfig at(TransportKind kind, int port) {
    return new ListenConfig(kind, new InetSocketAddress(ADDRESS, port));
  }

  private void listen(Map<String, ListenConfig> endpoints) {
    transports.apply(new TransportConfig(endpoints, Map.of()));
  }

  private static State state(Map<String, EndpointStatus> all, String name) {
    return Objects.requireNonNull(all.get(name)).state();
  }

  private static CallHomeConfig client(int port) {
    return new CallHomeConfig(
        TransportKind.TLS,
        List.of(new InetSocketAddress(ADDRESS, port)),
        Optional.empty(),
        false,
        Duration.ofMinutes(1));
  }

  @Test
  void whatWasConfiguredBeforeTheStartBeginsThen() {
    listen(Map.of("a", at(TransportKind.SSH, 830)));
    assertEquals(List.of(), events);
    start();
    assertEquals(List.of("+ssh830"), events);
    assertEquals(
        Map.of(
            "a",
            new EndpointStatus(State.LISTENING, Optional.of("192.0.2.1:830"), 0, Optional.empty())),
        transports.endpoints());
  }

  @Test
  void onlyWhatChangesIsTouchedAndRemovalsComeFirst() {
    start();
    listen(Map.of("a", at(TransportKind.SSH, 1), "b", at(TransportKind.SSH, 2)));
    events.clear();
    listen(
        Map.of(
            "0", at(TransportKind.TLS, 2),
            "a", at(TransportKind.SSH, 1),
            "c", at(TransportKind.SSH, 3)));
    assertEquals(List.of("-ssh2", "+tls2", "+ssh3"), events);
    listen(Map.of());
    assertEquals(Set.of(), taken);
  }

  @Test
  void aTakenPortIsTriedAgainUntilItIsFree() throws InterruptedException {
    taken.add(830);
    start();
    listen(Map.of("a", at(TransportKind.SSH, 830)));
    assertEquals(
        new EndpointStatus(
            State.FAILED,
            Optional.empty(),
            0,
            Optional.of("192.0.2.1:830: Address already in use")),
        transports.endpoints().get("a"));
    ticks.put(true);
    ticks.put(true);
    assertEquals(List.of(), events);
    taken.remove(830);
    while (!events.contains("+ssh830")) {
      boolean _ = ticks.offer(true);
      Thread.onSpinWait();
    }
    assertEquals(State.LISTENING, state(transports.endpoints(), "a"));
  }

  @Test
  void anEndpointThatIsTakenBackIsNotTriedAnyMore() {
    taken.add(830);
    ListenTask task =
        new ListenTask("a", at(TransportKind.SSH, 830), new Fake("ssh"), _ -> ticks.take());
    assertFalse(task.tryToListen());
    task.close();
    taken.clear();
    assertTrue(task.tryToListen());
    assertEquals(List.of(), events);
  }

  @Test
  void aClientIsCalledUntilItIsTakenBack() {
    start();
    transports.apply(new TransportConfig(Map.of(), Map.of("noc", client(4335))));
    while (state(transports.clients(), "noc") != State.CONNECTED) {
      Thread.onSpinWait();
    }
    transports.apply(new TransportConfig(Map.of(), Map.of("noc", client(4336))));
    while (!events.contains("call tls4336") || !events.contains("hang up tls4335")) {
      Thread.onSpinWait();
    }
    transports.close();
    assertTrue(events.contains("hang up tls4336"));
    assertEquals(Map.of(), transports.clients());
  }

  @Test
  void aCommitDoesNotFailWhateverTheAddressIs() {
    start();
    listen(Map.of("a", at(TransportKind.SSH, ODD)));
    assertEquals(State.FAILED, state(transports.endpoints(), "a"));
  }
}
