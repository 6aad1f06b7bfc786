package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a run must keep to; see [SyncLimitsTest] for the table.
///
/// @param synchronizedBy latest second from which the error stays under 1 ms for 300 s
/// @param rmsUs greatest root mean square of the error in the window, microseconds
/// @param maxUs greatest error in the window, microseconds
/// @param frequencyRmsPpb greatest root mean square of the rate error in the window, 1e-9
record SyncLimits(double synchronizedBy, double rmsUs, double maxUs, double frequencyRmsPpb) {
  void check(Statistics statistics) {
    assertTrue(
        statistics.settle1msSeconds() <= synchronizedBy
            && statistics.rmsUs() <= rmsUs
            && statistics.maxUs() <= maxUs
            && statistics.frequencyRmsPpb() <= frequencyRmsPpb,
        () -> statistics + " is not within " + this);
  }
}
