package io.chronoconf.ntp.io;

import io.chronoconf.ntp.discipline.DelayAwareDiscipline;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.NtpEngine;
import io.chronoconf.ntp.engine.Trace;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.server.ServerResponder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A running NTP service: the one thing that the rest of an agent starts and stops. It begins with
/// nothing configured, and no port is open until a command asks for one. Safe for any thread.
public final class NtpService implements EngineControl, AutoCloseable {
  /// How far the oscillator may have wandered since the frequency was saved, as a ratio.
  private static final double SAVED_DEVIATION = 1e-6;

  private static final long STOP_MILLIS = 5_000;

  private final TransportKind transportKind;
  private final RandomGenerator random;
  private final NetworkInstances instances;
  private final EngineLoop engine;
  private final ServerPath server;
  private final HostView host;
  private final HardwareStamps hardware;
  private final Housekeeper housekeeper;
  private final Thread engineThread;
  private final Thread housekeeperThread;

  private NtpService(
      NtpServiceOptions options,
      NetworkInstances instances,
      EngineLoop engine,
      ServerPath server,
      HostView host,
      HardwareStamps hardware,
      Housekeeper housekeeper) {
    this.transportKind = options.transport();
    this.random = options.random();
    this.instances = instances;
    this.engine = engine;
    this.server = server;
    this.host = host;
    this.hardware = hardware;
    this.housekeeper = housekeeper;
    this.engineThread = Thread.ofPlatform().name("ntp-engine").daemon().start(engine);
    this.housekeeperThread = Thread.ofPlatform().name("ntp-files").daemon().start(housekeeper);
  }

  /// Starts the threads. What the environment refuses later shows in [EngineStatus#degraded] and is
  /// tried again.
  ///
  /// @throws UnsupportedOperationException if the transport asked for does not exist here
  /// @throws UncheckedIOException if the system has no descriptors left, the clock log cannot be
  ///   written, or the state is of a later version of this program; the message says what to do
  public static NtpService start(NtpServiceOptions options) {
    try {
      Optional<StateFile> file = options.stateFolder().map(StateFile::new);
      NtpState state = file.isEmpty() ? NtpState.NONE : file.get().load();
      if (options.clock() instanceof VirtualClock virtual
          && !state.boot().isEmpty()
          && state.boot().equals(StateFile.bootId())) {
        state.anchor().ifPresent(virtual::resume);
      }
      Optional<ClockLog> log = openLog(options);
      RawSource source = RawSource.ofHost();
      NetworkInstances instances = new NetworkInstances();
      HardwareStamps hardware = HardwareStampThread.start(options, instances, source);
      UdpTransport transport = UdpTransport.open(options.transport(), source, instances, hardware);
      Mailbox mailbox = new Mailbox(transport::wakeUp);
      ServerPath server = startServer(options, source, instances, hardware, mailbox);
      NtpEngine engine = engine(options, state.frequency());
      HostView host = HostView.start(instances, mailbox, hardware::see);
      EngineLoop loop = new EngineLoop(engine, options.clock(), transport, mailbox, server, host);
      Housekeeper housekeeper = new Housekeeper(options.clock(), loop, file, state, log);
      return new NtpService(options, instances, loop, server, host, hardware, housekeeper);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the NTP service cannot start: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void apply(List<EngineCommand> commands) {
    engine.apply(commands);
  }

  /// Tells somebody of events from now on.
  ///
  /// @param listener called on the engine thread: it must not block
  public void listen(Consumer<EngineEvent> listener) {
    engine.listen(listener);
  }

  @Override
  public EngineStatus status() {
    EngineStatus status = engine.status();
    List<String> degraded = new ArrayList<>(status.degraded());
    degraded.addAll(housekeeper.degraded());
    return new EngineStatus(
        status.at(), status.system(), status.associations(), status.counters(), degraded);
  }

  /// Walks along the system peers to a primary server. Waits for answers: some seconds per hop at
  /// most.
  ///
  /// @param networkInstance of the interface, empty for the public network
  /// @param sourceInterface device that queries leave from; empty leaves it to routing
  /// @throws IOException if the system refuses a socket, with a message for humans
  public Trace trace(String networkInstance, Optional<String> sourceInterface) throws IOException {
    TraceWalk.Source source =
        sourceInterface
            .flatMap(name -> host.now().find(networkInstance, name))
            .map(
                device ->
                    new TraceWalk.Source(
                        networkInstance, device.primaryAddress(true), device.primaryAddress(false)))
            .orElse(TraceWalk.Source.ANY);
    RawSource clock = RawSource.ofHost();
    try (UdpTransport transport = UdpTransport.open(transportKind, clock, instances)) {
      return new TraceWalk(transport, clock, random, source).walk(status());
    }
  }

  /// Tells somebody from now on that the host's network has changed.
  ///
  /// @param changed called on a thread of its own: it must not block
  public void listenToNetwork(Runnable changed) {
    host.listen(changed);
  }

  /// The host's interfaces at this moment, in all network instances that are in use.
  public HostNetwork hostNetwork() {
    return host.now();
  }

  /// The local addresses that serve at this moment, with their real ports.
  public List<InetSocketAddress> serverAddresses() {
    return server.addresses();
  }

  /// Saves the state, closes the sockets and ends the threads; the clock keeps its frequency.
  @Override
  public void close() {
    housekeeper.stop();
    join(housekeeperThread);
    engine.stop();
    join(engineThread);
    host.close();
    server.stop();
    hardware.close();
  }

  private static NtpEngine engine(NtpServiceOptions options, OptionalDouble frequency) {
    DelayAwareDiscipline discipline =
        frequency.isPresent()
            ? new DelayAwareDiscipline(frequency.getAsDouble(), SAVED_DEVIATION)
            : new DelayAwareDiscipline();
    return new NtpEngine(
        options.clock().precision(),
        frequency,
        options.random(),
        discipline,
        options.identity(),
        clients(options));
  }

  private static MruTable clients(NtpServiceOptions options) {
    return new MruTable(options.clientsRemembered(), options.random().nextLong());
  }

  private static Optional<ClockLog> openLog(NtpServiceOptions options) throws IOException {
    return options.clockLog().isEmpty()
        ? Optional.empty()
        : Optional.of(new ClockLog(options.clock(), options.clockLog().get()));
  }

  private static ServerPath startServer(
      NtpServiceOptions options,
      RawSource source,
      Instances instances,
      HardwareStamps hardware,
      Mailbox mailbox)
      throws IOException {
    ServerCounters counters = new ServerCounters();
    List<ServerLoop> loops = new ArrayList<>();
    for (int i = 0; i < options.serverThreads(); i++) {
      UdpTransport transport = UdpTransport.open(options.transport(), source, instances, hardware);
      boolean isAlone = options.serverThreads() == 1;
      loops.add(
          new ServerLoop(
              transport,
              new ServerSockets(transport, options.bindAddresses(), isAlone),
              options.clock(),
              new ServerResponder(new SplittableRandom(options.random().nextLong())),
              counters,
              clients(options),
              mailbox::offer));
    }
    return ServerPath.start(loops, counters);
  }

  private static void join(Thread thread) {
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
