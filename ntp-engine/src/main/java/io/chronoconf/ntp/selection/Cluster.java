package io.chronoconf.ntp.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Casts off outliers (RFC 5905 section 11.2.2).
public final class Cluster {
  /// Distance beyond which a source is not followed (MAXDIST), and the weight of a stratum.
  public static final double MAX_DISTANCE = 1.5;

  /// So many are never cast off (NMIN).
  static final int LEAST_SURVIVORS = 3;

  private Cluster() {}

  /// The survivors, best first: by stratum, then by root distance.
  public static List<Candidate> survivors(List<Candidate> truechimers) {
    List<Candidate> survivors = new ArrayList<>(truechimers);
    survivors.sort(Comparator.comparingDouble(Cluster::metric));
    while (survivors.size() > LEAST_SURVIVORS) {
      Candidate worst = survivors.getFirst();
      double mostSelectionJitter = -1;
      double leastJitter = Double.POSITIVE_INFINITY;
      for (Candidate candidate : survivors) {
        double selectionJitter = selectionJitter(candidate, survivors);
        if (selectionJitter > mostSelectionJitter) {
          mostSelectionJitter = selectionJitter;
          worst = candidate;
        }
        leastJitter = Math.min(leastJitter, candidate.jitter());
      }
      // Casting off more would not make the rest agree better than each agrees with itself.
      if (mostSelectionJitter <= leastJitter || worst.isPreferred()) {
        break;
      }
      survivors.remove(worst);
    }
    return List.copyOf(survivors);
  }

  private static double metric(Candidate candidate) {
    return candidate.stratum() * MAX_DISTANCE + candidate.rootDistance();
  }

  private static double selectionJitter(Candidate candidate, List<Candidate> all) {
    double squares = 0;
    for (Candidate other : all) {
      double difference = candidate.offset() - other.offset();
      squares += difference * difference;
    }
    return Math.sqrt(squares / (all.size() - 1));
  }
}
