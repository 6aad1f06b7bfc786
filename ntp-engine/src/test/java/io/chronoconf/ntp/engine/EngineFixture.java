package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.discipline.ProportionalDiscipline;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// An engine with a clock that does at once what it is told, and servers that answer by script.
final class EngineFixture {
  static final int PORT = 123;
  static final int OWN_PORT = 50_000;
  static final int PRECISION = -20;
  static final InetAddress OWN = address("192.0.2.100");
  private static final NtpTimestamp TRUE_START = new NtpTimestamp(0xe900_0000_0000_0000L);
  private static final double ONE_WAY = 0.001;

  final NtpEngine engine;
  final List<Output> outputs = new ArrayList<>();
  private final Map<InetAddress, Script> scripts = new HashMap<>();
  private final Map<InetAddress, EngineFixture> servers = new HashMap<>();
  private double seconds = 1000;
  private NtpDuration corrected = NtpDuration.ZERO;
  private @Nullable MonotonicTime timer;

  /// How a server answers.
  ///
  /// @param offset of its clock to the true time, in seconds
  /// @param change what else is special about its packets
  record Script(double offset, int stratum, int referenceId, UnaryOperator<NtpPacket> change) {}

  EngineFixture() {
    this(OptionalDouble.empty());
  }

  EngineFixture(OptionalDouble savedFrequency) {
    engine =
        new NtpEngine(
            PRECISION,
            savedFrequency,
            RandomGeneratorFactory.of("L64X128MixRandom").create(42),
            new ProportionalDiscipline(savedFrequency.orElse(0)));
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static AssociationConfig config(String address, boolean iburst) {
    return new AssociationConfig(
        new AssociationKey("", address(address), AssociationMode.CLIENT, true),
        PORT,
        4,
        new PollExponent(6),
        new PollExponent(6),
        false,
        iburst,
        false);
  }

  static EngineCommand service(boolean isEnabled, boolean disciplines) {
    return new EngineCommand.ConfigureService(new ServiceConfig(isEnabled, PORT, disciplines));
  }

  static EngineCommand local(int stratum) {
    return new EngineCommand.SetLocalReferences(
        List.of(new LocalReferenceConfig((Inet4Address) address("127.127.1.0"), stratum)));
  }

  /// The service on, following these servers with iburst.
  EngineFixture following(String... servers) {
    List<EngineCommand> commands = new ArrayList<>();
    commands.add(service(true, true));
    for (String server : servers) {
      commands.add(new EngineCommand.Mobilize(config(server, true)));
    }
    command(commands.toArray(EngineCommand[]::new));
    return this;
  }

  /// From now on this server answers, as a primary with this offset.
  EngineFixture serve(String server, double offset) {
    return serve(server, offset, 1, ReferenceId.ofAscii("GPS").bits(), UnaryOperator.identity());
  }

  EngineFixture serve(
      String server, double offset, int stratum, int referenceId, UnaryOperator<NtpPacket> change) {
    scripts.put(address(server), new Script(offset, stratum, referenceId, change));
    return this;
  }

  /// From now on this server answers, by its own engine.
  EngineFixture serveBy(String server, EngineFixture other) {
    servers.put(address(server), other);
    return this;
  }

  void silence(String server) {
    scripts.remove(address(server));
  }

  NtpTimestamp trueTime() {
    return TRUE_START.plus(NtpDuration.ofSeconds(seconds));
  }

  Now now() {
    return new Now(new MonotonicTime(Math.round(seconds * 1e9)), trueTime().plus(corrected));
  }

  /// How far the local clock is ahead of true time.
  double error() {
    return corrected.toSeconds();
  }

  void command(EngineCommand... commands) {
    take(new Input.Commands(List.of(commands)));
  }

  /// Lets time pass; timers expire and scripted servers answer.
  void run(double span) {
    double end = seconds + span;
    while (timer != null && timer.nanos() <= end * 1e9) {
      seconds = Math.max(timer.nanos() / 1e9, seconds);
      timer = null;
      take(new Input.TimerExpired());
    }
    seconds = Math.max(seconds, end);
  }

  void take(Input input) {
    List<Output> fresh = engine.handle(input, now());
    outputs.addAll(fresh);
    for (Output output : fresh) {
      switch (output) {
        case Output.SetTimer set -> timer = set.at();
        case Output.StepClock step -> corrected = corrected.plus(step.offset());
        case Output.AdjustClock adjust -> corrected = corrected.plus(adjust.phase());
        case Output.Send send -> answer(send);
        case Output.Reply reply -> {}
        case Output.AskClients ask -> {}
        case Output.ReleaseSocket release -> {}
        case Output.SetSynchronized set -> {}
        case Output.SetLeap set -> {}
        case Output.OpenService open -> {}
        case Output.MarkPackets mark -> {}
        case Output.CloseService close -> {}
        case Output.Listen listen -> {}
        case Output.PublishInbound publish -> {}
        case Output.UseInstances use -> {}
        case Output.Resolve resolve -> {}
        case Output.PublishAccess publish -> {}
        case Output.PublishKeys publish -> {}
        case Output.PublishSnapshot publish -> {}
        case Output.Emit emit -> {}
      }
    }
  }

  private void answer(Output.Send send) {
    take(new Input.Sent(send.associationId(), send.nonce(), now()));
    EngineFixture server = servers.get(send.destination().getAddress());
    if (server != null) {
      answerBy(server, send);
      return;
    }
    Script script = scripts.get(send.destination().getAddress());
    if (script == null) {
      return;
    }
    seconds += ONE_WAY;
    NtpTimestamp there = trueTime().plus(NtpDuration.ofSeconds(script.offset()));
    seconds += ONE_WAY;
    NtpPacket answer =
        Packets.header(
            0,
            script.stratum(),
            script.referenceId(),
            new NtpTimestamp(send.nonce()),
            there,
            there);
    receive(send, script.change().apply(answer));
  }

  private void answerBy(EngineFixture server, Output.Send send) {
    seconds += ONE_WAY;
    server.run(Math.max(seconds - server.seconds, 0));
    int before = server.all(Output.Reply.class).size();
    server.take(
        new Input.Received(
            SocketKind.SERVER,
            0,
            "",
            1,
            send.destination().getAddress(),
            PORT,
            true,
            new InetSocketAddress(OWN, OWN_PORT),
            send.bytes(),
            server.now(),
            0));
    seconds += ONE_WAY;
    for (Output.Reply reply :
        server.all(Output.Reply.class).subList(before, server.all(Output.Reply.class).size())) {
      receive(send.associationId(), send.destination(), reply.bytes());
    }
  }

  /// A packet comes from where that one went.
  void receive(Output.Send asked, NtpPacket packet) {
    receive(asked.associationId(), asked.destination(), packet);
  }

  void receive(int associationId, InetSocketAddress from, NtpPacket packet) {
    receive(associationId, from, NtpPacketEncoder.encode(packet));
  }

  private void receive(int associationId, InetSocketAddress from, byte[] bytes) {
    take(
        new Input.Received(
            SocketKind.CLIENT, associationId, "", 1, OWN, OWN_PORT, true, from, bytes, now(), 0));
  }

  <T> List<T> all(Class<T> kind) {
    return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends EngineEvent> List<T> events(Class<T> kind) {
    return all(Output.Emit.class).stream()
        .map(Output.Emit::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  SystemStatus system() {
    return engine.status(now()).system();
  }

  AssociationStatus row(String server) {
    return engine.status(now()).associations().stream()
        .filter(row -> row.config().key().address().equals(address(server)))
        .findFirst()
        .orElseThrow();
  }
}
