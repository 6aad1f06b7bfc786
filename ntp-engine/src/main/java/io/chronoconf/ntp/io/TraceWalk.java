package io.chronoconf.ntp.io;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.control.ControlAnswer;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.engine.Trace;
import io.chronoconf.ntp.engine.Trace.End;
import io.chronoconf.ntp.engine.Trace.Hop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Walks from this device along the system peers to a primary server by control queries, as
/// ntptrace does: by the peer's address, for a reference identifier may be a hash. One walk, one
/// thread, which waits.
final class TraceWalk {
  /// No chain is longer: every hop has a higher stratum.
  private static final int MAX_HOPS = 16;

  private static final int TRIES = 3;
  private static final long WAIT_NANOS = 1_000_000_000L;
  private static final String SYSTEM_NAMES = "stratum,rootdelay,rootdisp,refid,peer,sys_jitter";
  private static final String PEER_NAMES = "srcadr,srcport";
  private static final double MILLIS = 1e-3;
  private static final int UNSYNCHRONIZED = 16;

  private final UdpTransport transport;
  private final RawSource clock;
  private final RandomGenerator random;
  private final Source source;
  private final List<Hop> hops = new ArrayList<>();
  private final Set<InetSocketAddress> visited = new HashSet<>();
  private String referenceId = "";

  /// Where queries leave from: an address of an interface, which is good in one network instance.
  record Source(String networkInstance, Optional<InetAddress> ipv4, Optional<InetAddress> ipv6) {
    /// Routing decides.
    static final Source ANY = new Source("", Optional.empty(), Optional.empty());

    private InetAddress towards(String instance, InetAddress server) {
      boolean isIpv4 = server instanceof Inet4Address;
      InetAddress any = InetAddress.ofLiteral(isIpv4 ? "0.0.0.0" : "::");
      return instance.equals(networkInstance) ? (isIpv4 ? ipv4 : ipv6).orElse(any) : any;
    }
  }

  TraceWalk(UdpTransport transport, RawSource clock, RandomGenerator random, Source source) {
    this.transport = transport;
    this.clock = clock;
    this.random = random;
    this.source = source;
  }

  /// Walks.
  ///
  /// @param own this device
  /// @throws IOException if the system refuses a socket
  Trace walk(EngineStatus own) throws IOException {
    SystemStatus system = own.system();
    double distance = system.rootDispersion().toSeconds() + system.rootDelay().toSeconds() / 2;
    hops.add(
        new Hop(
            InetAddress.ofLiteral("127.0.0.1"),
            "",
            system.stratum(),
            system.jitter().toSeconds(),
            distance));
    Optional<AssociationKey> peer = system.systemPeer();
    if (peer.isEmpty() || isLocalClock(peer.get().address())) {
      referenceId = Trace.referenceId(system);
      return new Trace(hops, referenceId, Optional.empty());
    }
    int port =
        own.associations().stream()
            .filter(row -> row.config().key().equals(peer.get()))
            .findFirst()
            .map(AssociationStatus::config)
            .orElseThrow()
            .port();
    Optional<End> end =
        follow(peer.get().networkInstance(), new InetSocketAddress(peer.get().address(), port));
    return new Trace(hops, referenceId, end);
  }

  private static boolean isLocalClock(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && octets[0] == 127 && octets[1] == 127;
  }

  /// What asking one device gave: its variables, or why there are none.
  private record Asked(Optional<Map<String, String>> variables, End failure) {}

  private Optional<End> follow(String instance, InetSocketAddress first) throws IOException {
    InetSocketAddress next = first;
    while (hops.size() < MAX_HOPS) {
      if (!visited.add(next)) {
        return Optional.of(End.LOOP);
      }
      InetAddress local = source.towards(instance, next.getAddress());
      try (UdpSocket socket =
          transport.open(SocketRequest.alone(new InetSocketAddress(local, 0)).in(instance))) {
        Asked system = ask(socket, next, 0, SYSTEM_NAMES);
        if (system.variables().isEmpty()) {
          return Optional.of(system.failure());
        }
        Map<String, String> variables = system.variables().get();
        int stratum = (int) number(variables, "stratum", UNSYNCHRONIZED);
        hops.add(hop(instance, next.getAddress(), stratum, variables));
        referenceId = variables.getOrDefault("refid", "");
        if (stratum <= 1 || stratum >= UNSYNCHRONIZED || referenceId.startsWith("127.127.")) {
          return Optional.empty();
        }
        Optional<InetSocketAddress> peer = peer(socket, next, variables);
        if (peer.isEmpty()) {
          return Optional.of(End.REFUSED);
        }
        next = peer.get();
      }
    }
    return Optional.of(End.LOOP);
  }

  private static Hop hop(
      String instance, InetAddress server, int stratum, Map<String, String> variables) {
    double distance =
        number(variables, "rootdisp", 0) * MILLIS + number(variables, "rootdelay", 0) * MILLIS / 2;
    return new Hop(
        server, instance, stratum, number(variables, "sys_jitter", 0) * MILLIS, distance);
  }

  private Optional<InetSocketAddress> peer(
      UdpSocket socket, InetSocketAddress server, Map<String, String> variables) {
    int association = (int) number(variables, "peer", 0);
    if (association <= 0) {
      return Optional.empty();
    }
    return ask(socket, server, association, PEER_NAMES)
        .variables()
        .flatMap(peer -> address(peer, server.getPort()));
  }

  private static Optional<InetSocketAddress> address(Map<String, String> peer, int usualPort) {
    String text = peer.getOrDefault("srcadr", "");
    try {
      int port = (int) number(peer, "srcport", usualPort);
      return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(text), port));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static double number(Map<String, String> variables, String name, double otherwise) {
    try {
      double value = Double.parseDouble(variables.getOrDefault(name, ""));
      return Double.isFinite(value) ? value : otherwise;
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }

  private Asked ask(UdpSocket socket, InetSocketAddress server, int association, String names) {
    for (int i = 0; i < TRIES; i++) {
      ControlAnswer answer = new ControlAnswer(random.nextInt(), association);
      Outgoing query = new Outgoing(answer.query(names), server, Optional.empty(), false);
      if (socket.send(List.of(query)) == 0) {
        Optional<Asked> result = await(socket, server, answer);
        if (result.isPresent()) {
          return result.get();
        }
      }
    }
    return new Asked(Optional.empty(), End.TIMEOUT);
  }

  private Optional<Asked> await(UdpSocket socket, InetSocketAddress server, ControlAnswer answer) {
    long end = clock.rawNanos() + WAIT_NANOS;
    for (long rest = WAIT_NANOS; rest > 0; rest = end - clock.rawNanos()) {
      for (Datagram datagram : transport.receive(rest)) {
        if (datagram.socket().equals(socket)
            && datagram.source().equals(server)
            && datagram.isWhole()) {
          answer.add(datagram.payload());
        }
      }
      if (answer.isRefused()) {
        return Optional.of(new Asked(Optional.empty(), End.REFUSED));
      }
      Optional<Map<String, String>> variables = answer.variables();
      if (variables.isPresent()) {
        return Optional.of(new Asked(variables, End.REFUSED));
      }
    }
    return Optional.empty();
  }
}
