package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.operation.SessionControl;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// All sessions there are, and the counters of those there were. Any thread.
public final class SessionRegistry implements SessionControl {
  private final int maxSessions;
  private final InstantSource clock;
  private final Instant startTime;
  private final Map<Long, SessionDriver> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger places = new AtomicInteger();
  // Sessions of each user that has any.
  private final Map<String, Integer> ofUsers = new ConcurrentHashMap<>();
  private volatile Supplier<OptionalInt> maxPerUser = OptionalInt::empty;
  private final AtomicLong lastId = new AtomicLong();
  private final SessionCounters totals = new SessionCounters();
  private final AtomicLong inSessions = new AtomicLong();
  private final AtomicLong inBadHellos = new AtomicLong();
  private final AtomicLong droppedSessions = new AtomicLong();

  /// @param clock for login times
  public SessionRegistry(SessionLimits limits, InstantSource clock) {
    this.maxSessions = limits.maxSessions();
    this.clock = clock;
    this.startTime = clock.instant();
  }

  /// Limits the sessions of each user from now on.
  ///
  /// @param limit asked for each session to come; empty for no limit
  public void limitPerUser(Supplier<OptionalInt> limit) {
    maxPerUser = limit;
  }

  /// Takes a place for a session to come; empty if all are taken, or all that the user may have.
  ///
  /// @return its number: from 1, each greater than all before
  Optional<Long> reserve(String user) {
    if (places.incrementAndGet() > maxSessions) {
      places.decrementAndGet();
      return Optional.empty();
    }
    int allowed = maxPerUser.get().orElse(Integer.MAX_VALUE);
    if (ofUsers.merge(user, 1, Integer::sum) > allowed) {
      giveBack(user);
      return Optional.empty();
    }
    inSessions.incrementAndGet();
    return Optional.of(lastId.incrementAndGet());
  }

  private void giveBack(String user) {
    ofUsers.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
    places.decrementAndGet();
  }

  /// What keeps a user from another session, for the log.
  String whatIsInUse(String user) {
    OptionalInt perUser = maxPerUser.get();
    return perUser.isPresent() && ofUsers.getOrDefault(user, 0) >= perUser.getAsInt()
        ? "the %d that a user may have by max-sessions-per-user".formatted(perUser.getAsInt())
        : "the %d allowed".formatted(maxSessions);
  }

  void add(SessionDriver session) {
    sessions.put(session.id(), session);
  }

  // Whoever sees that the session is gone finds it counted.
  @SuppressWarnings("ReferenceEquality")
  void remove(SessionDriver session, TerminationReason reason) {
    if (sessions.get(session.id()) != session) {
      return;
    }
    switch (reason) {
      case BAD_HELLO -> inBadHellos.incrementAndGet();
      case DROPPED, TIMEOUT, SLOW_READER -> droppedSessions.incrementAndGet();
      case CLOSED, KILLED, SHUTDOWN -> {}
    }
    giveBack(session.user());
    sessions.remove(session.id());
  }

  @Override
  public boolean kill(long sessionId, long killedBy) {
    SessionDriver session = sessions.get(sessionId);
    return session != null && session.kill(killedBy);
  }

  /// Ends the sessions that have been silent for too long.
  ///
  /// @param nowNs by the clock that the drivers are given
  void endOverdue(long nowNs) {
    sessions.values().forEach(session -> session.endIfOverdue(nowNs));
  }

  /// Ends all sessions and waits until they have ended.
  void endAll() {
    sessions.values().forEach(session -> session.end(TerminationReason.SHUTDOWN));
    sessions.values().forEach(SessionDriver::awaitEnd);
  }

  /// Where a session comes from; empty if there is no such session.
  Optional<String> sourceHost(long sessionId) {
    return Optional.ofNullable(sessions.get(sessionId)).map(s -> s.status().sourceHost());
  }

  Instant now() {
    return clock.instant();
  }

  /// All sessions in the order of their numbers.
  public List<SessionStatus> sessions() {
    return sessions.values().stream()
        .map(SessionDriver::status)
        .sorted(Comparator.comparingLong(SessionStatus::sessionId))
        .toList();
  }

  /// When the server started to take sessions.
  public Instant startTime() {
    return startTime;
  }

  /// The counters of all sessions, past ones included.
  public SessionCounters totals() {
    return totals;
  }

  /// Sessions started.
  public long inSessions() {
    return inSessions.get();
  }

  /// Sessions dropped because of their hello.
  public long inBadHellos() {
    return inBadHellos.get();
  }

  /// Sessions that ended by timeout or with their transport.
  public long droppedSessions() {
    return droppedSessions.get();
  }
}
