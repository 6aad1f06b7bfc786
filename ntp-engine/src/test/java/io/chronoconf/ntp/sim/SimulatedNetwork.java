package io.chronoconf.ntp.sim;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Paths between nodes. Every packet draws its own delay, so packets may overtake each other; there
/// is no bandwidth and no queue.
final class SimulatedNetwork {
  private record Link(InetAddress from, InetAddress to) {}

  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  private final Map<Link, Delay> delays = new LinkedHashMap<>();
  private final Map<InetAddress, Consumer<Datagram>> receivers = new HashMap<>();
  private final Simulation simulation;
  private final RandomGenerator random;
  private long carried;

  SimulatedNetwork(Simulation simulation, RandomGenerator random) {
    this.simulation = simulation;
    this.random = random;
  }

  void attach(InetAddress address, Consumer<Datagram> receiver) {
    receivers.put(address, receiver);
  }

  /// Joins two nodes; without a link packets vanish.
  void link(InetAddress from, InetAddress to, Delay delay) {
    delays.put(new Link(from, to), delay);
  }

  /// How many packets were sent over a link so far.
  long carried() {
    return carried;
  }

  void send(Datagram datagram) {
    send(datagram, 0);
  }

  /// Sends in `late` seconds.
  void send(Datagram datagram, double late) {
    InetAddress to = datagram.destination().getAddress();
    if (to.isMulticastAddress() || to.equals(BROADCAST)) {
      sendToAll(datagram);
      return;
    }
    Delay delay = delays.get(new Link(datagram.source().getAddress(), to));
    Consumer<Datagram> receiver = receivers.get(to);
    if (delay == null || receiver == null) {
      return;
    }
    carried++;
    double seconds = delay.draw(simulation.time(), random);
    if (seconds > 0) {
      simulation.schedule(late + seconds, () -> receiver.accept(datagram));
    }
  }

  /// Each neighbour gets its own copy, after its own delay; who does not listen drops it.
  private void sendToAll(Datagram datagram) {
    delays.forEach(
        (link, delay) -> {
          Consumer<Datagram> receiver = receivers.get(link.to());
          double seconds = delay.draw(simulation.time(), random);
          boolean isLinked = link.from().equals(datagram.source().getAddress());
          if (isLinked && receiver != null && seconds > 0) {
            simulation.schedule(seconds, () -> receiver.accept(datagram));
          }
        });
  }
}
