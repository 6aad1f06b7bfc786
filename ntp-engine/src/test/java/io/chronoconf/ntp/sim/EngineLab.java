package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// A few engines on a network of short delays.
public final class EngineLab {
  private static final Delay PATH = new Delay.Exponential(1e-4, 1e-5);

  private final SplittableGenerator random;
  private final Simulation simulation = new Simulation();
  private final SimulatedNetwork network;

  private final Instant start;
  private final ClockMaker clocks;

  public EngineLab(long seed) {
    this(seed, SimulatedClock.START);
  }

  /// @param start what true time zero is called
  EngineLab(long seed, Instant start) {
    this(seed, start, SimulatedClock::new);
  }

  /// @param clocks those of the nodes
  EngineLab(long seed, Instant start, ClockMaker clocks) {
    this.start = start;
    this.clocks = clocks;
    random = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    network = new SimulatedNetwork(simulation, random.split());
  }

  /// A node whose service is on.
  ///
  /// @param offset of its clock in seconds
  /// @param frequency error of its clock, a ratio
  public EngineNode node(InetAddress address, double offset, double frequency) {
    return node(address, offset, frequency, 0);
  }

  /// @param wander of its frequency per square root of a second
  EngineNode node(InetAddress address, double offset, double frequency, double wander) {
    EngineNode node =
        new EngineNode(
            address,
            clocks.make(start, offset, frequency, wander, random.split()),
            network,
            random.split());
    simulation.add(node);
    node.apply(List.of(service(100)));
    return node;
  }

  /// A node that knows from an earlier run how wrong its clock is.
  EngineNode warmNode(InetAddress address, double offset, double frequency) {
    EngineNode node =
        new EngineNode(
            address,
            clocks.make(start, offset, frequency, 0, random.split()),
            network,
            random.split(),
            OptionalDouble.of(-frequency));
    simulation.add(node);
    node.apply(List.of(service(100)));
    return node;
  }

  /// Somebody who sends what it is told to a node, and remembers what comes back.
  Station station(InetAddress address, EngineNode to) {
    Station station = new Station(address, to.address(), network);
    link(address, to.address());
    return station;
  }

  /// Joins two nodes.
  public void link(EngineNode a, EngineNode b) {
    link(a.address(), b.address());
  }

  /// Joins two addresses.
  public void link(InetAddress a, InetAddress b) {
    network.link(a, b, PATH);
    network.link(b, a, PATH);
  }

  /// A primary with a perfect clock.
  public ScriptedServer server(InetAddress address) {
    return new ScriptedServer(address, start, simulation, network, random.split());
  }

  /// Something that happens at that second.
  void at(double second, Runnable action) {
    simulation.schedule(second - simulation.time(), action);
  }

  /// For packets that no node sent.
  SimulatedNetwork network() {
    return network;
  }

  void link(EngineNode a, EngineNode b, Delay each) {
    network.link(a.address(), b.address(), each);
    network.link(b.address(), a.address(), each);
  }

  /// Runs up to that second.
  public void run(int until) {
    run(until, _ -> {});
  }

  void run(int until, Simulation.Observer observer) {
    simulation.run(until, observer);
  }

  static EngineCommand service(int maxDynamicSessions) {
    return new EngineCommand.ConfigureService(
        new ServiceConfig(true, EngineNode.SERVICE_PORT, true, maxDynamicSessions, Dscp.STANDARD));
  }

  static EngineCommand off() {
    return new EngineCommand.ConfigureService(
        new ServiceConfig(false, EngineNode.SERVICE_PORT, true));
  }

  static EngineCommand local(int stratum) {
    return new EngineCommand.SetLocalReferences(
        List.of(
            new LocalReferenceConfig(
                (Inet4Address) InetAddress.ofLiteral("127.127.1.0"), stratum)));
  }

  /// Makes a node the client of a server.
  public static EngineCommand client(InetAddress server) {
    return association(server, AssociationMode.CLIENT);
  }

  static EngineCommand association(InetAddress to, AssociationMode mode) {
    return association(to, mode, OptionalLong.empty());
  }

  static EngineCommand association(InetAddress to, AssociationMode mode, OptionalLong keyId) {
    return association(to, mode, keyId, 6, 10);
  }

  static EngineCommand association(
      InetAddress to, AssociationMode mode, OptionalLong keyId, int minPoll, int maxPoll) {
    return new EngineCommand.Mobilize(
        new AssociationConfig(
            new AssociationKey("", to, mode, true),
            EngineNode.SERVICE_PORT,
            4,
            new PollExponent(minPoll),
            new PollExponent(maxPoll),
            false,
            mode == AssociationMode.CLIENT,
            false,
            keyId,
            Optional.empty(),
            0));
  }
}
