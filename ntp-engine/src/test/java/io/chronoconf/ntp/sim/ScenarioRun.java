package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// One run of a scenario with one seed.
public final class ScenarioRun {
  private static final int NTP_VERSION = 4;

  private final Scenario scenario;
  private final ClockMaker clocks;
  private final Simulation simulation = new Simulation();
  private final SplittableGenerator random;
  private final SimulatedNetwork network;
  private final List<EngineNode> servers = new ArrayList<>();
  private final List<EngineNode> clients = new ArrayList<>();
  private LinearKalman linear = new LinearKalman(0, 0);

  public ScenarioRun(Scenario scenario, long seed) {
    this(scenario, seed, SimulatedClock::new);
  }

  /// @param clocks those of the clients
  ScenarioRun(Scenario scenario, long seed, ClockMaker clocks) {
    this.scenario = scenario;
    this.clocks = clocks;
    this.random = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    this.network = new SimulatedNetwork(simulation, random.split());
    scenario.servers().forEach(this::addServer);
    for (double frequency : scenario.frequencies()) {
      addClient(frequency);
    }
    scenario.step().ifPresent(this::addStep);
  }

  /// Runs to the end.
  public Statistics run() {
    return trace().statistics();
  }

  /// Runs to the end, and tells every second of it.
  public Trace trace() {
    double[] errors = new double[scenario.seconds()];
    double[] frequencies = new double[scenario.seconds()];
    double[] reference = new double[scenario.seconds()];
    long[] sentBefore = new long[1];
    simulation.run(
        scenario.seconds(),
        second -> {
          errors[second] = measured().clock().error();
          frequencies[second] = measured().clock().frequencyError();
          reference[second] = linear.error(measured().clock());
          if (second == scenario.from()) {
            sentBefore[0] = measured().sent();
          }
        });
    long packets = measured().sent() - sentBefore[0];
    return new Trace(errors, frequencies, reference, scenario.from(), packets);
  }

  /// The client whose clock counts.
  public EngineNode measured() {
    return clients.getLast();
  }

  private void addServer(ServerSetup setup) {
    SimulatedClock clock = new SimulatedClock(setup.offset(), 0, 0, random);
    EngineNode node = node(clock);
    servers.add(node);
    node.apply(
        List.of(
            service(),
            new EngineCommand.SetLocalReferences(
                List.of(new LocalReferenceConfig(localReference(), 1)))));
  }

  private void addClient(double frequency) {
    NodeClock clock =
        clocks.make(
            SimulatedClock.START, scenario.offset(), frequency, scenario.wander(), random.split());
    linear = linearFilter();
    EngineNode node = node(clock, linear);
    List<EngineCommand> commands = new ArrayList<>();
    commands.add(service());
    if (clients.isEmpty()) {
      for (int i = 0; i < servers.size(); i++) {
        commands.add(follow(node, servers.get(i), scenario.servers().get(i)));
      }
    } else {
      commands.add(follow(node, clients.getLast(), scenario.servers().getFirst()));
    }
    clients.add(node);
    node.apply(commands);
  }

  private EngineCommand follow(EngineNode client, EngineNode server, ServerSetup path) {
    network.link(client.address(), server.address(), lossy(path.up()));
    network.link(server.address(), client.address(), lossy(path.down()));
    return new EngineCommand.Mobilize(
        new AssociationConfig(
            new AssociationKey("", server.address(), AssociationMode.CLIENT, true),
            EngineNode.SERVICE_PORT,
            NTP_VERSION,
            new PollExponent(scenario.minPoll()),
            new PollExponent(scenario.maxPoll()),
            false,
            true,
            false));
  }

  private Delay lossy(Delay delay) {
    return scenario.loss() == 0 ? delay : new Delay.Lossy(delay, scenario.loss());
  }

  private void addStep(ClockStep step) {
    EngineNode node = measured();
    simulation.schedule(step.at(), () -> node.clock().disturb(step.seconds()));
  }

  private LinearKalman linearFilter() {
    double noise = scenario.servers().getFirst().up().variance();
    noise += scenario.servers().getFirst().down().variance();
    return new LinearKalman(scenario.wander(), noise / 4);
  }

  private EngineNode node(NodeClock clock) {
    return node(clock, sample -> {});
  }

  private EngineNode node(NodeClock clock, Consumer<DisciplineSample> listener) {
    int number = servers.size() + clients.size() + 1;
    EngineNode node = new EngineNode(address(10, number), clock, network, random.split(), listener);
    simulation.add(node);
    return node;
  }

  private static EngineCommand service() {
    return new EngineCommand.ConfigureService(
        new ServiceConfig(true, EngineNode.SERVICE_PORT, true));
  }

  private static Inet4Address localReference() {
    return (Inet4Address) address(127, 0);
  }

  private static InetAddress address(int network, int host) {
    byte[] octets =
        network == 127
            ? new byte[] {127, 127, 1, (byte) host}
            : new byte[] {(byte) network, 0, (byte) (host >> 8), (byte) host};
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }
}
