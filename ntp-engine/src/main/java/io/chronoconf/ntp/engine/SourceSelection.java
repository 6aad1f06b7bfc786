package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.selection.Candidate;
import io.chronoconf.ntp.selection.Cluster;
import io.chronoconf.ntp.selection.Combine;
import io.chronoconf.ntp.selection.Select;
import io.chronoconf.ntp.time.Now;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The outcome of RFC 5905 section 11.2 at one moment.
///
/// @param tallies how far each association came, by identifier
/// @param survivors identifiers, best first
/// @param combined what they say together; empty without a survivor
record SourceSelection(
    Map<Integer, Tally> tallies, List<Integer> survivors, Optional<Combine.Combined> combined) {
  static final SourceSelection NONE = new SourceSelection(Map.of(), List.of(), Optional.empty());

  SourceSelection {
    tallies = Map.copyOf(tallies);
    survivors = List.copyOf(survivors);
  }

  /// How far one association came and why no further.
  record Tally(Selection selection, RejectReason reason) {}

  /// Selects.
  ///
  /// @param frequency correction in force, a ratio
  /// @param stratumLimit strata from here on are not followed
  /// @param systemReferenceId ours, 0 if unsynchronized
  /// @param formerPeer identifier of the system peer until now, 0 if none
  static SourceSelection of(
      Collection<Association> associations,
      Now now,
      double frequency,
      int stratumLimit,
      int systemReferenceId,
      int formerPeer) {
    return of(associations, now, frequency, stratumLimit, systemReferenceId, formerPeer, false);
  }

  /// Selects among sources whose filters may still be filling. With one of them silent there is
  /// nothing to select.
  static SourceSelection early(Collection<Association> associations, Now now, int stratumLimit) {
    SourceSelection selection = of(associations, now, 0, stratumLimit, 0, 0, true);
    boolean hasSilent =
        selection.tallies.values().stream()
            .anyMatch(tally -> tally.reason() == RejectReason.NO_REPLY);
    return hasSilent ? NONE : selection;
  }

  private static SourceSelection of(
      Collection<Association> associations,
      Now now,
      double frequency,
      int stratumLimit,
      int systemReferenceId,
      int formerPeer,
      boolean isEarly) {
    Map<Integer, Tally> tallies = new HashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Association association : associations) {
      Optional<FilterEstimate> estimate = association.estimate(now, frequency);
      // Whoever we follow has our reference identifier by being followed.
      RejectReason reason = Fitness.judge(association, estimate, stratumLimit, systemReferenceId);
      if (isEarly && reason == RejectReason.DISTANCE) {
        reason = estimate.map(found -> Fitness.judgeNew(association, found)).orElse(reason);
      }
      tallies.put(association.id(), new Tally(Selection.REJECT, reason));
      if (reason == RejectReason.NONE) {
        estimate.ifPresent(found -> candidates.add(candidate(association, found, isEarly)));
      }
    }
    return select(candidates, tallies, formerPeer);
  }

  private static Candidate candidate(
      Association association, FilterEstimate estimate, boolean isEarly) {
    return new Candidate(
        association.id(),
        association.stratum(),
        estimate.offset().toSeconds(),
        estimate.jitter().toSeconds(),
        isEarly ? association.errorBound(estimate) : association.rootDistance(estimate),
        association.config().prefer());
  }

  private static SourceSelection select(
      List<Candidate> candidates, Map<Integer, Tally> tallies, int formerPeer) {
    List<Candidate> truechimers = Select.truechimers(candidates);
    List<Candidate> survivors = Cluster.survivors(truechimers);
    Set<Integer> good = new HashSet<>();
    truechimers.forEach(candidate -> good.add(candidate.id()));
    for (Candidate candidate : candidates) {
      tallies.put(
          candidate.id(),
          good.contains(candidate.id())
              ? new Tally(Selection.OUTLIER, RejectReason.NONE)
              : new Tally(Selection.FALSETICKER, RejectReason.FALSETICKER));
    }
    survivors.forEach(
        survivor -> tallies.put(survivor.id(), new Tally(Selection.CANDIDATE, RejectReason.NONE)));
    if (survivors.isEmpty()) {
      return new SourceSelection(tallies, List.of(), Optional.empty());
    }
    Combine.Combined combined = Combine.combine(survivors, formerPeer);
    tallies.put(combined.systemPeer().id(), new Tally(Selection.SYSTEM_PEER, RejectReason.NONE));
    List<Integer> ids = survivors.stream().map(Candidate::id).toList();
    return new SourceSelection(tallies, ids, Optional.of(combined));
  }

  /// The tally of one association.
  Tally tally(int id) {
    return tallies.getOrDefault(id, new Tally(Selection.REJECT, RejectReason.NO_REPLY));
  }

  /// Whether some association has good answers but too few of them.
  boolean hasFilling() {
    return tallies.values().stream().anyMatch(tally -> tally.reason() == RejectReason.DISTANCE);
  }
}
