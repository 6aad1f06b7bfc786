package io.chronoconf.agent.transport;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Makes what is listened on and called agree with what is configured. What does not change keeps
/// running, and so do the sessions of endpoints that go away; connections to clients that go away
/// are closed. Any thread.
public final class Transports implements AutoCloseable {
  private static final Duration END_PATIENCE = Duration.ofSeconds(2);

  /// What all tasks are given.
  ///
  /// @param pause between tries
  /// @param nanoClock a clock that only goes forward, in nanoseconds
  /// @param chance spreads the tries
  public record Surroundings(Pause pause, LongSupplier nanoClock, RandomGenerator chance) {
    /// Those of the real world.
    public static Surroundings real() {
      return new Surroundings(time -> Thread.sleep(time), System::nanoTime, new SecureRandom());
    }
  }

  private record Listener(ListenTask task, Thread retry) {}

  private record Caller(CallHomeConfig config, CallHome task, Thread thread) {}

  private final Surroundings surroundings;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by the lock.
  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<TransportKind, Transport> transports = new LinkedHashMap<>();
  private TransportConfig wanted = TransportConfig.NOTHING;

  public Transports(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Begins to put the configuration into effect.
  ///
  /// @param kinds what there is to carry NETCONF
  public void start(Map<TransportKind, Transport> kinds) {
    lock.lock();
    try {
      transports.putAll(kinds);
      reconcile();
    } finally {
      lock.unlock();
    }
  }

  /// Takes another configuration; has no effect before [#start]. Returns when every new endpoint
  /// has been tried once.
  public void apply(TransportConfig config) {
    lock.lock();
    try {
      wanted = config;
      if (!transports.isEmpty()) {
        reconcile();
      }
    } finally {
      lock.unlock();
    }
  }

  // Removals come first, so that a port may move from one name to another.
  private void reconcile() {
    listeners
        .entrySet()
        .removeIf(
            entry -> {
              boolean goes =
                  !entry.getValue().task().config().equals(wanted.endpoints().get(entry.getKey()));
              if (goes) {
                stop(entry.getValue());
              }
              return goes;
            });
    callers
        .entrySet()
        .removeIf(
            entry -> {
              boolean goes =
                  !entry.getValue().config().equals(wanted.clients().get(entry.getKey()));
              if (goes) {
                stop(entry.getValue());
              }
              return goes;
            });
    new TreeMap<>(wanted.endpoints())
        .forEach((name, config) -> listeners.computeIfAbsent(name, _ -> listen(name, config)));
    new TreeMap<>(wanted.clients())
        .forEach((name, config) -> callers.computeIfAbsent(name, _ -> call(name, config)));
  }

  private Listener listen(String name, ListenConfig config) {
    ListenTask task = new ListenTask(name, config, transport(config.kind()), surroundings.pause());
    Thread retry = Thread.ofVirtual().name("netconf-listen-" + name).unstarted(task);
    if (!task.tryToListen()) {
      retry.start();
    }
    return new Listener(task, retry);
  }

  private Caller call(String name, CallHomeConfig config) {
    CallHome task =
        new CallHome(
            name,
            config,
            transport(config.kind()),
            surroundings.pause(),
            surroundings.nanoClock(),
            surroundings.chance());
    return new Caller(
        config, task, Thread.ofVirtual().name("netconf-call-home-" + name).start(task));
  }

  private Transport transport(TransportKind kind) {
    Transport transport = transports.get(kind);
    if (transport == null) {
      throw new IllegalStateException("nothing carries NETCONF over " + kind);
    }
    return transport;
  }

  private static void stop(Listener listener) {
    listener.task().close();
    listener.retry().interrupt();
  }

  private static void stop(Caller caller) {
    caller.task().stop(caller.thread());
  }

  /// What has become of each endpoint, by name.
  public Map<String, EndpointStatus> endpoints() {
    lock.lock();
    try {
      Map<String, EndpointStatus> all = new TreeMap<>();
      listeners.forEach((name, listener) -> all.put(name, listener.task().status()));
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// What has become of each client, by name.
  public Map<String, EndpointStatus> clients() {
    lock.lock();
    try {
      Map<String, EndpointStatus> all = new TreeMap<>();
      callers.forEach((name, caller) -> all.put(name, caller.task().status()));
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// Stops everything.
  @Override
  public void close() {
    List<Caller> stopped;
    lock.lock();
    try {
      stopped = List.copyOf(callers.values());
      wanted = TransportConfig.NOTHING;
      reconcile();
      transports.clear();
    } finally {
      lock.unlock();
    }
    stopped.forEach(Transports::awaitEnd);
  }

  private static void awaitEnd(Caller caller) {
    try {
      boolean _ = caller.thread().join(END_PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
