package io.chronoconf.ntp.discipline;

import java.util.List;

/// A longer route that exchanges with a server take instead of the usual one. Its excess delays are
/// believed to be like the usual ones until it has shown its own. If one direction alone became
/// slower, the other one tells the phase as before. If both did, how much of the longer round trip
/// each of them takes is the path's bias, which the filters estimate.
final class Detour {
  /// Which of the two directions takes longer than usual.
  enum Slower {
    OUTBOUND,
    INBOUND,
    BOTH
  }

  private final DelayStatistics statistics;
  private final Slower slower;
  private final DelayModel usual;
  private double bias;

  /// @param usual the delays of the usual route
  /// @param taken the exchanges that took this one until now
  Detour(DelayModel usual, Slower slower, List<PathExchange> taken) {
    this.usual = usual;
    this.slower = slower;
    this.statistics = new DelayStatistics(usual);
    taken.forEach(exchange -> statistics.add(exchange.roundTrip()));
  }

  DelayStatistics statistics() {
    return statistics;
  }

  /// Whether its bias is for the filters to find.
  boolean isBiasUnknown() {
    return slower == Slower.BOTH;
  }

  /// The variance in s^2 of a bias of which nothing is known, except that neither direction became
  /// quicker: all values up to half of the longer round trip are as likely.
  double biasVariance() {
    double half = statistics.model().floor() - usual.floor();
    return half * half / 3;
  }

  /// What the filters found.
  void setBias(double seconds) {
    bias = seconds;
  }

  /// What the phase seems to be greater by, in seconds.
  double bias() {
    double half = statistics.model().floor() - usual.floor();
    return switch (slower) {
      case OUTBOUND -> -half;
      case INBOUND -> half;
      case BOTH -> bias;
    };
  }

  /// How well the least delay of a direction is known, in seconds.
  double outboundDeviation() {
    return deviation(Slower.OUTBOUND);
  }

  double inboundDeviation() {
    return deviation(Slower.INBOUND);
  }

  private double deviation(Slower direction) {
    double own = statistics.model().floorDeviation();
    if (slower == Slower.BOTH) {
      return own;
    }
    // The one that did not change is as well known as ever; the other has all that is uncertain
    // of the round trip.
    return slower == direction ? 2 * own : usual.floorDeviation();
  }
}
