package io.chronoconf.ntp.selection;

import java.util.List;

/// Makes one offset of the survivors' (RFC 5905 section 11.2.3).
public final class Combine {
  private Combine() {}

  /// One offset for all.
  ///
  /// @param systemPeer the one that is followed in name: its stratum and distance become ours
  /// @param offset mean of the survivors' offsets, weighted by the reciprocals of their distances
  /// @param jitter system jitter: the survivors' spread and the system peer's own jitter
  public record Combined(Candidate systemPeer, double offset, double jitter) {}

  /// Combines.
  ///
  /// @param survivors not empty, best first
  /// @param formerPeer identifier of the system peer until now; it stays if it is as good by
  ///   stratum as the best, so that the clock does not hop between equals
  public static Combined combine(List<Candidate> survivors, int formerPeer) {
    Candidate peer = choose(survivors, formerPeer);
    double weights = 0;
    double offsets = 0;
    double squares = 0;
    for (Candidate survivor : survivors) {
      double weight = 1 / survivor.rootDistance();
      double difference = survivor.offset() - peer.offset();
      weights += weight;
      offsets += weight * survivor.offset();
      squares += weight * difference * difference;
    }
    double jitter = Math.sqrt(squares / weights + peer.jitter() * peer.jitter());
    return new Combined(peer, offsets / weights, jitter);
  }

  private static Candidate choose(List<Candidate> survivors, int formerPeer) {
    Candidate best = survivors.getFirst();
    for (Candidate survivor : survivors) {
      if (survivor.isPreferred()) {
        return survivor;
      }
    }
    for (Candidate survivor : survivors) {
      if (survivor.id() == formerPeer && survivor.stratum() == best.stratum()) {
        return survivor;
      }
    }
    return best;
  }
}
