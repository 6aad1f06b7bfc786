package io.chronoconf.bench;

import java.util.List;
import java.util.Optional;

/// What other programs reach under the same model, and what we want to reach. Measured with the
/// programs themselves (chronyd 4.8, NTPsec 1.2.5) in simulated time; medians of ten seeds.
///
/// @param scenario its letter
/// @param maxPoll 6 for polls of 64 s, 10 for polls from 64 to 1024 s
/// @param chrony RMS of the error in microseconds
/// @param chronyPackets sent in the window
/// @param ntpsec RMS of the error in microseconds
/// @param ntpsecPackets sent in the window
/// @param target RMS of the error in microseconds
record PublishedFigures(
    String scenario,
    int maxPoll,
    double chrony,
    int chronyPackets,
    double ntpsec,
    int ntpsecPackets,
    double target) {
  /// Adaptive polls may send so many times chrony's packets.
  static final double PACKETS_RATIO = 1.5;

  static final List<PublishedFigures> ALL =
      List.of(
          new PublishedFigures("A", 6, 5.6, 310, 16.6, 306, 2.9),
          new PublishedFigures("B", 6, 100.4, 310, 143.9, 306, 48),
          new PublishedFigures("C", 6, 980.8, 310, 1465.7, 306, 220),
          new PublishedFigures("D", 6, 81.5, 310, 1296.0, 306, 14.5),
          new PublishedFigures("F", 6, 55.0, 310, 167.4, 305, 29),
          new PublishedFigures("G", 6, 23.8, 310, 22.5, 306, 11.5),
          new PublishedFigures("I", 6, 84.8, 1238, 109.6, 1222, 28),
          new PublishedFigures("J", 6, 115.7, 309, 183.9, 306, 60),
          new PublishedFigures("K", 6, 23.9, 310, 22.5, 306, 11.5),
          new PublishedFigures("N", 6, 46.3, 309, 83.8, 305, 21.5),
          new PublishedFigures("A", 10, 17.0, 58, 185.8, 22, 6.8),
          new PublishedFigures("B", 10, 363.9, 19, 410.5, 22, 175),
          new PublishedFigures("C", 10, 1797.3, 19, 3903.7, 24, 850),
          new PublishedFigures("D", 10, 256.2, 19, 947.3, 21, 60),
          new PublishedFigures("F", 10, 162.9, 62, 1693.1, 23, 66),
          new PublishedFigures("G", 10, 102.7, 25, 187.0, 23, 48),
          new PublishedFigures("K", 10, 116.0, 19, 185.0, 23, 48));

  /// Seconds until the error stays below 1 ms and 100 us, polls of 64 s.
  record Settling(
      String scenario,
      int chronyMillisecond,
      int chronyTenth,
      int ntpsecMillisecond,
      int ntpsecTenth,
      int targetMillisecond,
      int targetTenth) {}

  static final List<Settling> SETTLING =
      List.of(
          new Settling("A", 6, 6, 378, 635, 3, 3),
          new Settling("B", 76, 1250, 386, 4262, 76, 900),
          new Settling("I", 144, 547, 394, 3871, 60, 600),
          new Settling("N", 80, 542, 9006, 10801, 60, 350));

  /// @param maxPoll 6 or 10
  static Optional<PublishedFigures> of(String scenario, int maxPoll) {
    return ALL.stream()
        .filter(each -> each.scenario.equals(scenario) && each.maxPoll == maxPoll)
        .findFirst();
  }

  /// Packets that we may send in the window.
  double packetsAllowed() {
    return maxPoll == 6 ? Double.POSITIVE_INFINITY : PACKETS_RATIO * chronyPackets;
  }
}
