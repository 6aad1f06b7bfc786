package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.ClockException;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.MonotonicTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the engine wants done, and keeps what the environment refused. Engine thread.
final class OutputPerformer {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPerformer.class);

  /// A packet leaves some time between the readings before and after the call, sooner rather than
  /// later: what makes the call long is mostly not the packet.
  private static final long MAX_SEND_NANOS = 50_000;

  private final HostClock clock;
  private final ClientSockets sockets;
  private final GroupSockets groups;
  private final ServerPath server;
  private final Surroundings surroundings;
  private final Consumer<List<MruTable>> toldClients;
  private volatile Consumer<EngineEvent> listener = _ -> {};
  private Optional<MonotonicTime> timer = Optional.empty();
  private final Map<Class<?>, LimitedLog> limits = new HashMap<>();
  private @Nullable String clockRefusal;
  private final Map<Integer, String> sendRefusals = new LinkedHashMap<>();

  /// @param toldClients gets what the server threads heard, on any thread
  OutputPerformer(
      HostClock clock,
      ClientSockets sockets,
      GroupSockets groups,
      ServerPath server,
      Surroundings surroundings,
      Consumer<List<MruTable>> toldClients) {
    this.clock = clock;
    this.sockets = sockets;
    this.groups = groups;
    this.server = server;
    this.surroundings = surroundings;
    this.toldClients = toldClients;
  }

  /// What of the host the engine asks about.
  interface Surroundings {
    /// Looks at these network instances too.
    void use(Map<String, String> osNames);

    /// Looks a name up and says so to the engine.
    void resolve(Output.Resolve wanted);
  }

  /// A change of the clock.
  @FunctionalInterface
  private interface ClockChange {
    void make() throws ClockException;
  }

  /// Performs one output and returns what comes of it.
  Optional<Input> perform(Output output) {
    switch (output) {
      case Output.Send send -> {
        return Optional.of(send(send));
      }
      case Output.Reply reply -> server.reply(reply);
      case Output.AskClients ask -> server.askClients(toldClients);
      case Output.ReleaseSocket release -> {
        sockets.release(release.associationId());
        sendRefusals.remove(release.associationId());
      }
      case Output.SetTimer set -> wakeAt(set.at());
      case Output.AdjustClock adjust ->
          change(() -> clock.adjust(adjust.frequency(), adjust.phase(), adjust.rate()));
      case Output.StepClock step -> change(() -> clock.step(step.offset()));
      case Output.SetSynchronized set ->
          change(() -> clock.setSynchronized(set.isSynchronized(), set.maximumError()));
      case Output.SetLeap set -> {
        if (set.leap() != 0) {
          LOG.info(
              "a leap second is {} at the end of this UTC day",
              set.leap() > 0 ? "inserted" : "left out");
        }
        change(() -> clock.setLeap(set.leap()));
      }
      case Output.OpenService open -> serve(OptionalInt.of(open.port()));
      case Output.MarkPackets mark -> {
        sockets.mark(mark.dscp());
        server.mark(mark.dscp());
      }
      case Output.CloseService close -> serve(OptionalInt.empty());
      case Output.Listen listen -> {
        groups.listen(listen.groups(), clock.rawNanos());
        server.setListening(!listen.groups().isEmpty());
      }
      case Output.PublishInbound publish -> server.publish(publish.filter());
      case Output.UseInstances use -> surroundings.use(use.osNames());
      case Output.Resolve resolve -> surroundings.resolve(resolve);
      case Output.PublishSnapshot publish -> server.publish(publish.snapshot());
      case Output.PublishAccess publish -> server.publish(publish.rules());
      case Output.PublishKeys publish -> server.publish(publish.keys());
      case Output.Emit emit -> tell(emit.event());
    }
    return Optional.empty();
  }

  private void serve(OptionalInt port) {
    server.serve(port);
    groups.serve(port, clock.rawNanos());
  }

  /// Tells the engine at this time, in place of any other.
  void wakeAt(MonotonicTime at) {
    timer = Optional.of(at);
  }

  /// Lets the clock end what is due.
  void tickClock() {
    if (clock.nextTick().isPresent()) {
      change(clock::tick);
    }
  }

  /// When to wake up for the engine or for the clock, if at all.
  Optional<MonotonicTime> nextWake() {
    Optional<MonotonicTime> tick = clock.nextTick();
    if (timer.isEmpty() || tick.isEmpty()) {
      return timer.or(() -> tick);
    }
    return timer.get().isBefore(tick.get()) ? timer : tick;
  }

  /// Whether the engine's time has come; it is told once.
  boolean takeExpiredTimer(MonotonicTime now) {
    boolean isExpired = timer.isPresent() && !now.isBefore(timer.get());
    if (isExpired) {
      timer = Optional.empty();
    }
    return isExpired;
  }

  /// What the environment refuses just now, one sentence each.
  List<String> degraded() {
    List<String> result = new ArrayList<>(server.degraded());
    if (clockRefusal != null) {
      result.add(clockRefusal);
    }
    result.addAll(groups.degraded());
    result.addAll(sendRefusals.values());
    return result;
  }

  private Input send(Output.Send packet) {
    long before = clock.rawNanos();
    try {
      sockets.send(packet);
    } catch (IOException failure) {
      int id = packet.associationId();
      sendRefusals.put(id, remember(sendRefusals.get(id), failure));
      return new Input.SendFailed(packet.associationId(), packet.nonce());
    }
    sendRefusals.remove(packet.associationId());
    long spent = Math.min(clock.rawNanos() - before, MAX_SEND_NANOS);
    return new Input.Sent(packet.associationId(), packet.nonce(), clock.at(before + spent / 2));
  }

  private void change(ClockChange change) {
    try {
      change.make();
      clockRefusal = null;
    } catch (ClockException refused) {
      clockRefusal = remember(clockRefusal, refused);
    }
  }

  /// Says it once, not with every packet.
  private String remember(@Nullable String last, Exception failure) {
    String text = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    if (!text.equals(last)) {
      limit(failure.getClass()).write(LOG::warn, text);
    }
    return text;
  }

  /// A flood of one kind does not hide the others.
  private LimitedLog limit(Class<?> kind) {
    return limits.computeIfAbsent(kind, _ -> new LimitedLog(clock::rawNanos));
  }

  private void tell(EngineEvent event) {
    boolean isQuiet =
        event instanceof EngineEvent.ClockStepped stepped
            && !stepped.policy().isLogged(stepped.offset());
    if (!isQuiet) {
      limit(event.getClass()).write(LOG::info, event.toString());
    }
    listener.accept(event);
  }

  /// Tells somebody of events from now on, on the engine thread. Any thread.
  void listen(Consumer<EngineEvent> to) {
    listener = to;
  }
}
