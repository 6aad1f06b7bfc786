package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void takesTheWindowOnly() {
    double[] errors = {1, 3e-6, -4e-6};
    double[] frequencies = {1, 3e-9, -4e-9};
    Statistics statistics = Statistics.of(errors, frequencies, 1, 7);
    assertEquals(Math.sqrt(12.5), statistics.rmsUs(), 1e-9);
    assertEquals(4, statistics.maxUs(), 1e-9);
    assertEquals(Math.sqrt(12.5), statistics.frequencyRmsPpb(), 1e-9);
    assertEquals(7, statistics.packets());
  }

  @Test
  void sortsOutTheLastHundredth() {
    double[] errors = new double[1000];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = -i * 1e-6;
    }
    assertEquals(990, Statistics.of(errors, errors, 0, 0).p99Us(), 1e-9);
  }

  @Test
  void isSettledOnceTheErrorStaysBelowForThreeHundredSeconds() {
    double[] errors = new double[1000];
    Arrays.fill(errors, 0, 10, 0.1);
    errors[200] = 5e-4;
    Statistics statistics = Statistics.of(errors, errors, 0, 0);
    assertEquals(10, statistics.settle1msSeconds());
    assertEquals(201, statistics.settle100usSeconds());
    Arrays.fill(errors, 0, 1000, 0.1);
    assertEquals(Double.POSITIVE_INFINITY, Statistics.of(errors, errors, 0, 0).settle1msSeconds());
  }

  @Test
  void takesTheMedianOfEachFigure() {
    Statistics one = new Statistics(1, 6, 1, 1, 1, 1, 1);
    Statistics two = new Statistics(2, 4, 1, 1, 1, 1, 1);
    Statistics three = new Statistics(9, 5, 1, 1, 1, 1, 1);
    assertEquals(
        new Statistics(2, 5, 1, 1, 1, 1, 1), AccuracyMedians.median(List.of(one, two, three)));
    assertEquals(1.5, AccuracyMedians.median(List.of(one, two)).rmsUs());
  }
}
