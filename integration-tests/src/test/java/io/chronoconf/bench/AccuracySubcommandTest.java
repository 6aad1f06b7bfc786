package io.chronoconf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.sim.AccuracyMedians;
import io.chronoconf.ntp.sim.Statistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracySubcommandTest {
  @Test
  void runsFromTheCommandLine() {
    assertEquals(
        0, Bench.run(List.of("accuracy", "--seconds", "400", "--from", "100", "--seeds", "1")));
  }

  @Test
  void keepsAClockOnALanWithinMicroseconds() throws UsageException {
    AccuracyOptions options =
        AccuracyOptions.parse(List.of("--seconds", "3000", "--from", "1000", "--seeds", "2"));
    Statistics statistics = AccuracyMedians.of(options.scenario(), options.seeds());
    assertTrue(statistics.rmsUs() < 8, statistics::toString);
    assertTrue(statistics.settle1msSeconds() <= 10, statistics::toString);
    assertEquals(2000.0 / 64, statistics.packets(), 2);
  }

  @Test
  void printsEveryFigureOnOneLine() {
    Statistics statistics = new Statistics(1.234, 2, 3, 4, 8, Double.POSITIVE_INFINITY, 312);
    assertEquals(
        "rms_us=1.23 p99_us=2.00 max_us=3.00 freq_rms_ppb=4.00 settle_1ms_s=8"
            + " settle_100us_s=inf packets=312",
        AccuracySubcommand.line(statistics));
  }
}
