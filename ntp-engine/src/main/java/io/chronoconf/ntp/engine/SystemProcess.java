package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.Exchange;
import io.chronoconf.ntp.association.Heard;
import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.discipline.Correction;
import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.selection.Combine;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The system process (RFC 5905 section 11): from all associations to the system variables and the
/// clock. Owned by the engine.
final class SystemProcess {
  /// Strata from here on are never followed: the next one would be 16.
  private static final int STRATUM_LIMIT = 15;

  /// Before the clock is set for the first time, sources that fill their filters get so long after
  /// the first is ready: otherwise the fastest alone would set the clock, even if it lies.
  private static final double GRACE_SECONDS = 3;

  /// How often the local reference's time stamp and dispersion are renewed.
  private static final double LOCAL_REFRESH_SECONDS = 64;

  private final int precision;
  private final ClockDiscipline discipline;
  private final ClockProcess clock;
  private SystemVariables variables;
  private SourceSelection selection = SourceSelection.NONE;
  private final LeapSecond leap = new LeapSecond();
  private List<LocalReference> localReferences = List.of();
  private boolean disciplinesClock;
  private boolean isPublished;
  // Kept because an association that is gone has no key any more.
  private Optional<AssociationKey> toldPeer = Optional.empty();
  private @Nullable MonotonicTime lastFed;
  private @Nullable MonotonicTime graceEnd;
  private boolean isCorrectedEarly;

  SystemProcess(int precision, ClockDiscipline discipline, ClockProcess clock) {
    this.precision = precision;
    this.discipline = discipline;
    this.clock = clock;
    this.variables =
        SystemVariables.unsynchronized(new Now(new MonotonicTime(0), NtpTimestamp.UNKNOWN));
  }

  SystemVariables variables() {
    return variables;
  }

  SourceSelection selection() {
    return selection;
  }

  /// The local clocks, best first.
  List<LocalReference> localReferences() {
    return localReferences;
  }

  private Optional<LocalReference> localReference() {
    return localReferences.stream().findFirst();
  }

  boolean followsLocalReference() {
    return localReference().map(LocalReference::id).orElse(-1) == variables.peerId();
  }

  void setLocalReferences(List<LocalReference> references) {
    localReferences =
        references.stream()
            .sorted(Comparator.comparingInt(reference -> reference.config().stratum()))
            .toList();
  }

  /// Somebody else stepped the local clock; what it read before is told anew.
  void stepped(NtpDuration offset) {
    variables = variables.stepped(offset);
    isPublished = false;
  }

  /// An association is gone.
  void forget(int associationId) {
    discipline.forget(associationId);
  }

  double stability() {
    return discipline.wander();
  }

  void setDisciplinesClock(boolean disciplines) {
    disciplinesClock = disciplines;
  }

  /// Selects, does what follows from it and tells what changed.
  ///
  /// @return the present moment, with the local clock as stepped if it was
  Now run(Collection<Association> associations, Now now, List<Output> outputs) {
    SystemVariables before = variables;
    leap.pass(now, outputs).ifPresent(by -> leapt(by, associations));
    Now then = process(associations, now, outputs);
    announce(associations, then, outputs);
    if (!variables.equals(before) || !isPublished) {
      isPublished = true;
      publish(before, associations, then, outputs);
    }
    return then;
  }

  /// Our clock and the sources' made a leap second.
  private void leapt(NtpDuration by, Collection<Association> associations) {
    discipline.leapt(by);
    associations.forEach(association -> association.leapt(by));
    stepped(by);
  }

  /// Whether no packet of this moment is to be measured by.
  boolean isNearLeap(Now stamp) {
    return leap.isNear(stamp);
  }

  /// Who has lost all sources keeps to what they announced last; who never had one announces
  /// nothing.
  private void announce(Collection<Association> associations, Now now, List<Output> outputs) {
    if (!disciplinesClock) {
      leap.withdraw(outputs);
    } else if (variables.isSynchronized() && !followsLocalReference()) {
      leap.announce(LeapSecond.vote(associations, selection.survivors()), now, outputs);
    }
    variables = variables.withLeap(leap.indicator());
  }

  private void publish(
      SystemVariables before, Collection<Association> associations, Now now, List<Output> outputs) {
    boolean isSynchronized = variables.isSynchronized();
    outputs.add(new Output.PublishSnapshot(variables.snapshot(precision)));
    if (disciplinesClock) {
      outputs.add(new Output.SetSynchronized(isSynchronized, variables.maximumErrorAt(now)));
    }
    tell(before, associations, outputs);
  }

  private void tell(
      SystemVariables before, Collection<Association> associations, List<Output> outputs) {
    boolean isSynchronized = variables.isSynchronized();
    Optional<AssociationKey> peer = peerKey(associations);
    Optional<AssociationKey> last = toldPeer;
    toldPeer = peer;
    if (isSynchronized != before.isSynchronized()) {
      emit(
          isSynchronized
              ? new EngineEvent.SynchronizationChanged(true, peer, Optional.empty())
              : new EngineEvent.SynchronizationChanged(
                  false, last, Optional.of(loss(last, associations))),
          outputs);
    }
    if (variables.peerId() != before.peerId()) {
      emit(new EngineEvent.SystemPeerChanged(last, peer, variables.stratum()), outputs);
    }
    if (variables.stratum() != before.stratum()) {
      emit(new EngineEvent.StratumChanged(before.stratum(), variables.stratum()), outputs);
    }
  }

  /// Why a source is none any more.
  private EngineEvent.Loss loss(
      Optional<AssociationKey> source, Collection<Association> associations) {
    Optional<Association> present =
        associations.stream()
            .filter(association -> Optional.of(association.config().key()).equals(source))
            .findFirst();
    if (present.isEmpty()) {
      // What a packet formed ends in silence; what is configured only by configuration.
      return source.filter(key -> !key.isConfigured()).isPresent()
          ? EngineEvent.Loss.SERVER_UNREACHABLE
          : EngineEvent.Loss.SERVER_DELETED;
    }
    return switch (selection.tally(present.get().id()).reason()) {
      case AUTHENTICATION -> EngineEvent.Loss.AUTHENTICATION_FAILED;
      case UNSYNCHRONIZED -> EngineEvent.Loss.SERVER_UNSYNCHRONIZED;
      case NO_REPLY, DISTANCE -> EngineEvent.Loss.SERVER_UNREACHABLE;
      case STRATUM -> EngineEvent.Loss.SERVER_STRATUM;
      case NONE, ACCESS, LOOP, OFFSET_68_YEARS, FALSETICKER, KISS -> EngineEvent.Loss.SOURCE_LOST;
    };
  }

  private static void emit(EngineEvent event, List<Output> outputs) {
    outputs.add(new Output.Emit(event));
  }

  /// The key of the system peer, local reference included.
  Optional<AssociationKey> peerKey(Collection<Association> associations) {
    if (followsLocalReference()) {
      return localReference().map(LocalReference::key);
    }
    return key(variables.peerId(), associations);
  }

  private static Optional<AssociationKey> key(int id, Collection<Association> associations) {
    return associations.stream()
        .filter(association -> association.id() == id)
        .map(association -> association.config().key())
        .findFirst();
  }

  private Now process(Collection<Association> associations, Now now, List<Output> outputs) {
    int limit = localReference().map(local -> local.config().stratum()).orElse(STRATUM_LIMIT);
    selection =
        SourceSelection.of(
            associations,
            now,
            clock.frequency(),
            limit,
            variables.referenceId(),
            variables.peerId());
    if (!disciplinesClock || selection.combined().isEmpty()) {
      fallBack(now);
      return isEarly() ? correctEarly(associations, limit, now, outputs) : now;
    }
    if (isInGrace(now)) {
      return now;
    }
    return follow(selection.combined().get(), associations, now, outputs);
  }

  /// Nobody was believed yet, and nobody is told that we are synchronized.
  private boolean isEarly() {
    return disciplinesClock && !clock.wasSet() && !isCorrectedEarly && localReference().isEmpty();
  }

  /// As soon as every source has answered, the clock is put where they say, once; then the filters
  /// have time to fill while it runs nearly right, and who asks us never sees it race.
  private Now correctEarly(
      Collection<Association> associations, int limit, Now now, List<Output> outputs) {
    SourceSelection early = SourceSelection.early(associations, now, limit);
    if (early.combined().isEmpty() || !feed(associations, early)) {
      return now;
    }
    Optional<Correction> correction = discipline.correct(now);
    if (correction.isEmpty()) {
      return now;
    }
    isCorrectedEarly = true;
    NtpDuration phase = correction.get().phase();
    if (!clock.applyEarly(correction.get(), outputs)) {
      return now;
    }
    Optional<AssociationKey> source = key(early.combined().get().systemPeer().id(), associations);
    emit(new EngineEvent.ClockStepped(phase, source, clock.policy()), outputs);
    return new Now(now.monotonic(), now.local().plus(phase));
  }

  private boolean isInGrace(Now now) {
    if (clock.wasSet() || !selection.hasFilling()) {
      return false;
    }
    if (graceEnd == null) {
      graceEnd = now.monotonic().plusSeconds(GRACE_SECONDS);
    }
    return now.monotonic().isBefore(graceEnd);
  }

  private void fallBack(Now now) {
    Optional<LocalReference> best = localReference();
    if (best.isPresent()) {
      if (!followsLocalReference() || isRefreshDue(now)) {
        LocalReference local = best.get();
        double precisionSeconds = Math.scalb(1.0, precision);
        variables = SystemVariables.local(local.config(), local.id(), precisionSeconds, now);
      }
    } else if (variables.isSynchronized()) {
      variables = SystemVariables.unsynchronized(now);
    }
  }

  private boolean isRefreshDue(Now now) {
    return now.monotonic().secondsSince(variables.updated().monotonic()) >= LOCAL_REFRESH_SECONDS;
  }

  private Now follow(
      Combine.Combined combined,
      Collection<Association> associations,
      Now now,
      List<Output> outputs) {
    Optional<Correction> correction =
        feed(associations, selection) ? discipline.correct(now) : Optional.empty();
    if (correction.isEmpty()) {
      changePeer(combined, associations, now);
      return now;
    }
    NtpDuration phase = correction.get().phase();
    ClockProcess.Deed deed = clock.apply(correction.get(), now, outputs);
    if (deed == ClockProcess.Deed.STEPPED) {
      Optional<AssociationKey> source = key(combined.systemPeer().id(), associations);
      emit(new EngineEvent.ClockStepped(phase, source, clock.policy()), outputs);
    }
    boolean isFrequencyKnown = clock.state() == SyncState.CLOCK_SYNCHRONIZED;
    double pollSeconds = discipline.advisedPollSeconds();
    associations.forEach(
        a -> a.poll().advise(pollSeconds, discipline.pollShare(a.id()), isFrequencyKnown));
    Now then =
        deed == ClockProcess.Deed.STEPPED ? new Now(now.monotonic(), now.local().plus(phase)) : now;
    if (deed != ClockProcess.Deed.HELD) {
      NtpDuration residual = deed == ClockProcess.Deed.STEPPED ? NtpDuration.ZERO : phase;
      update(combined, associations, phase, residual, then);
    }
    return then;
  }

  /// Nothing new was learnt, but the system peer may be gone and others are there.
  private void changePeer(
      Combine.Combined combined, Collection<Association> associations, Now now) {
    boolean isRemote = variables.isSynchronized() && !followsLocalReference();
    if (isRemote && !selection.survivors().contains(variables.peerId())) {
      update(combined, associations, NtpDuration.ZERO, NtpDuration.ZERO, now);
    }
  }

  private void update(
      Combine.Combined combined,
      Collection<Association> associations,
      NtpDuration offset,
      NtpDuration residual,
      Now now) {
    int id = combined.systemPeer().id();
    Optional<Association> peer = associations.stream().filter(a -> a.id() == id).findFirst();
    Optional<FilterEstimate> estimate = peer.flatMap(a -> a.estimate(now, clock.frequency()));
    if (peer.isPresent() && estimate.isPresent()) {
      variables =
          SystemVariables.following(
              peer.get(), estimate.get(), offset, residual, combined.jitter(), now);
    }
  }

  /// Feeds the discipline what it did not have yet; returns whether there was anything.
  private boolean feed(Collection<Association> associations, SourceSelection from) {
    List<DisciplineSample> samples = new ArrayList<>();
    MonotonicTime fed = lastFed;
    MonotonicTime latest = fed;
    for (Association association : associations) {
      if (from.survivors().contains(association.id())) {
        for (Heard heard : association.recent()) {
          if (fed == null || fed.isBefore(heard.completed())) {
            samples.add(sample(association.id(), heard));
            if (latest == null || latest.isBefore(heard.completed())) {
              latest = heard.completed();
            }
          }
        }
      }
    }
    samples.sort(Comparator.comparing(sample -> sample.destination().monotonic()));
    samples.forEach(discipline::sample);
    lastFed = latest;
    return !samples.isEmpty();
  }

  private static DisciplineSample sample(int id, Heard heard) {
    Exchange exchange = heard.exchange();
    return new DisciplineSample(
        id,
        exchange.originate(),
        exchange.receive(),
        exchange.transmit(),
        exchange.destination(),
        heard.isProvisional(),
        heard.rootDelay(),
        heard.rootDispersion(),
        heard.precision(),
        heard.isOneWay());
  }

  /// When to run again though nothing came in.
  Optional<MonotonicTime> nextRun(MonotonicTime now) {
    return Stream.concat(nextRefresh(now).stream(), leap.nextLook().stream())
        .min(MonotonicTime::compareTo);
  }

  private Optional<MonotonicTime> nextRefresh(MonotonicTime now) {
    MonotonicTime end = graceEnd;
    if (!clock.wasSet() && end != null && now.isBefore(end)) {
      return Optional.of(end);
    }
    return followsLocalReference()
        ? Optional.of(variables.updated().monotonic().plusSeconds(LOCAL_REFRESH_SECONDS))
        : Optional.empty();
  }
}
