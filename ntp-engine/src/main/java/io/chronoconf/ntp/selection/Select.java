package io.chronoconf.ntp.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tells truechimers from falsetickers (RFC 5905 section 11.2.1): finds the interval that the
/// correctness intervals of a majority share.
public final class Select {
  private record Edge(double at, int type) {}

  private Select() {}

  /// The candidates whose offset lies in the interval that all but `f` of them share, with the
  /// least `f` below half; empty if there is no majority.
  public static List<Candidate> truechimers(List<Candidate> candidates) {
    int m = candidates.size();
    List<Edge> edges = edges(candidates);
    for (int allowed = 0; 2 * allowed < m; allowed++) {
      int found = 0;
      int chime = 0;
      double low = Double.POSITIVE_INFINITY;
      for (Edge edge : edges) {
        chime -= edge.type;
        if (chime >= m - allowed) {
          low = edge.at;
          break;
        }
        found += edge.type == 0 ? 1 : 0;
      }
      chime = 0;
      double high = Double.NEGATIVE_INFINITY;
      for (Edge edge : edges.reversed()) {
        chime += edge.type;
        if (chime >= m - allowed) {
          high = edge.at;
          break;
        }
        found += edge.type == 0 ? 1 : 0;
      }
      // Midpoints outside are falsetickers too: no more than allowed.
      if (found <= allowed && high > low) {
        return within(candidates, low, high);
      }
    }
    return List.of();
  }

  private static List<Edge> edges(List<Candidate> candidates) {
    List<Edge> edges = new ArrayList<>();
    for (Candidate candidate : candidates) {
      edges.add(new Edge(candidate.offset() - candidate.rootDistance(), -1));
      edges.add(new Edge(candidate.offset(), 0));
      edges.add(new Edge(candidate.offset() + candidate.rootDistance(), 1));
    }
    edges.sort(Comparator.comparingDouble(Edge::at).thenComparingInt(Edge::type));
    return edges;
  }

  private static List<Candidate> within(List<Candidate> candidates, double low, double high) {
    return candidates.stream()
        .filter(candidate -> candidate.offset() >= low && candidate.offset() <= high)
        .toList();
  }
}
