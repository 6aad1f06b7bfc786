package io.chronoconf.ntp.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PollProcessTest {
  private static final MonotonicTime START = new MonotonicTime(5_000_000_000L);

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  private PollProcess process(int minPoll, int maxPoll, boolean burst, boolean iburst) {
    return new PollProcess(config(minPoll, maxPoll, burst, iburst), START, random);
  }

  private static AssociationConfig config(int minPoll, int maxPoll, boolean burst, boolean iburst) {
    return new AssociationConfig(
        new AssociationKey("", InetAddress.getLoopbackAddress(), AssociationMode.CLIENT, true),
        123,
        4,
        new PollExponent(minPoll),
        new PollExponent(maxPoll),
        burst,
        iburst,
        false);
  }

  /// One that is past its start.
  private PollProcess settled(int minPoll, int maxPoll, boolean burst) {
    PollProcess poll = process(minPoll, maxPoll, burst, false);
    for (int i = 0; i < 4; i++) {
      poll.answered(START, i == 0);
    }
    poll.advise(0, 1, true);
    return poll;
  }

  /// The distances between the next packets.
  private static List<Double> distances(PollProcess poll, int packets, boolean isReachable) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      MonotonicTime sent = poll.next();
      poll.sent(sent, isReachable);
      distances.add(poll.next().secondsSince(sent));
    }
    return distances;
  }

  private static void checkAll(List<Double> distances, double least, double most) {
    for (double distance : distances) {
      assertTrue(distance >= least && distance <= most, distance + " in " + distances);
    }
  }

  @Test
  void beginsAtOnce() {
    double first = process(6, 10, false, false).next().secondsSince(START);
    assertTrue(first >= 0 && first <= 0.2);
  }

  @Test
  void asksOncePerIntervalAndSpreads() {
    List<Double> distances = distances(settled(6, 6, false), 50, true);
    checkAll(distances, 62, 66);
    assertNotEquals(distances.get(0), distances.get(1));
    double mean = distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertEquals(64, mean, 0.5);
  }

  @Test
  void asksEverySixteenSecondsUntilFourAnswersCame() {
    PollProcess poll = process(6, 10, false, false);
    poll.advise(0, 1, true);
    for (int i = 0; i < 4; i++) {
      checkAll(distances(poll, 1, true), 15, 17);
      poll.answered(poll.next(), i == 0);
    }
    checkAll(distances(poll, 5, true), 62, 66);
    assertEquals(6, poll.exponent(), "which the poll field does not show");
  }

  @Test
  void asksEverySixteenSecondsUntilTheFrequencyIsKnown() {
    PollProcess poll = process(6, 10, false, false);
    for (int i = 0; i < 6; i++) {
      checkAll(distances(poll, 1, true), 15, 17);
      poll.answered(poll.next(), i == 0);
      poll.advise(64, 1, false);
    }
    poll.advise(64, 1, true);
    checkAll(distances(poll, 1, true), 62, 66);
  }

  @Test
  void butNotForEverOnANoisyPath() {
    PollProcess poll = process(6, 10, false, true);
    poll.sent(poll.next(), false);
    poll.answered(poll.next(), true);
    checkAll(distances(poll, 7, true).subList(0, 6), 2, 2.1);
    checkAll(distances(poll, 7, true), 15, 17);
    checkAll(distances(poll, 2, true), 62, 66);
  }

  @Test
  void doesNotGoOnLikeThatWithoutAnswers() {
    PollProcess poll = process(6, 10, false, false);
    checkAll(distances(poll, 8, false), 15, 17);
    checkAll(distances(poll, 4, false), 62, 66);
  }

  @Test
  void iburstSendsEightPacketsTwoSecondsApartAtStart() {
    PollProcess poll = process(6, 10, false, true);
    checkAll(distances(poll, 7, false), 2, 2.1);
    assertTrue(distances(poll, 1, false).getFirst() > 10, "the eighth ends the burst");
  }

  @Test
  void iburstTriesAgainSoonWhenTheServerStartsLater() {
    PollProcess poll = process(6, 10, false, true);
    distances(poll, 8, false);
    checkAll(distances(poll, 7, false), 15, 17);
    checkAll(distances(poll, 1, false), 62, 66);
  }

  @Test
  void iburstBurstsWhenTheServerIsHeardAtLast() {
    PollProcess poll = process(6, 10, false, true);
    poll.advise(0, 1, true);
    distances(poll, 20, false);
    poll.sent(poll.next(), false);
    MonotonicTime heard = poll.next().plusSeconds(-60);
    poll.answered(heard, true);
    assertTrue(poll.next().secondsSince(heard) < 2.1);
    checkAll(distances(poll, 4, true), 2, 2.1);
    checkAll(distances(poll, 1, true), 62, 66);
  }

  @Test
  void burstSendsEightPacketsPerPollWhileReachable() {
    PollProcess poll = settled(6, 6, true);
    checkAll(distances(poll, 7, true), 2, 2.1);
    checkAll(distances(poll, 1, true), 62, 66);
    checkAll(distances(poll, 7, true), 2, 2.1);
    assertTrue(distances(poll, 1, true).getFirst() > 60);
    checkAll(distances(poll, 3, false), 62, 66);
  }

  @Test
  void asksRarelyWhoDoesNotAnswerForLong() {
    PollProcess poll = settled(6, 9, false);
    checkAll(distances(poll, PollProcess.UNREACHABLE_POLLS, false), 62, 66);
    assertEquals(128, distances(poll, 1, false).getFirst(), 4);
    assertEquals(256, distances(poll, 1, false).getFirst(), 4);
    assertEquals(512, distances(poll, 1, false).getFirst(), 4);
    assertEquals(512, distances(poll, 1, false).getFirst(), 4, "not beyond maxpoll");
    poll.answered(poll.next(), true);
    assertEquals(64, distances(poll, 1, true).getFirst(), 4);
  }

  @Test
  void followsTheAdviceWithinTheLimits() {
    PollProcess poll = settled(6, 10, false);
    poll.advise(300, 1, true);
    assertEquals(300, poll.intervalSeconds());
    assertEquals(8, poll.exponent(), "rounded down");
    poll.advise(1e9, 1, true);
    assertEquals(1024, poll.intervalSeconds());
    poll.advise(1, 1, true);
    assertEquals(64, poll.intervalSeconds());
  }

  @Test
  void asksSoonerThanTheLongestIntervalAfterAnAnswerThatToldLittle() {
    PollProcess poll = settled(6, 10, false);
    poll.advise(1e9, 0.75, true);
    assertEquals(768, distances(poll, 1, true).getFirst(), 4);
    assertEquals(1024, poll.intervalSeconds(), "which is a detail");
    poll.advise(300, 0.75, true);
    assertEquals(300, distances(poll, 1, true).getFirst(), 4, "that was short enough");
    PollProcess fixed = settled(6, 6, false);
    fixed.advise(1e9, 0.75, true);
    assertEquals(64, distances(fixed, 1, true).getFirst(), 2, "the limits hold");
    poll.advise(1e9, 0.75, true);
    poll.slowDown(START);
    assertTrue(distances(poll, 1, true).getFirst() > 2000, "a kiss counts more");
  }

  @Test
  void everyRateKissDoublesTheIntervalAndEndsBursts() {
    PollProcess poll = process(6, 6, true, true);
    poll.sent(START, true);
    assertTrue(poll.isInBurst());
    poll.slowDown(START);
    assertFalse(poll.isInBurst());
    assertEquals(128, poll.intervalSeconds());
    checkAll(distances(poll, 2, true), 124, 132);
    poll.slowDown(START);
    assertEquals(256, poll.intervalSeconds());
    for (int i = 0; i < 20; i++) {
      poll.slowDown(START);
    }
    assertEquals(PollProcess.MAX_RATE_POLL, poll.exponent(), "two hours");
  }

  @Test
  void aRateKissNeverMakesItAskMoreOften() {
    PollProcess poll = settled(15, 15, false);
    poll.slowDown(START);
    assertEquals(15, poll.exponent());
  }

  @Test
  void asksAPeerAsOftenAsItAsksUsWithinTheLimits() {
    PollProcess poll = settled(6, 10, false);
    poll.advise(1024, 1, true);
    poll.limit(128);
    assertEquals(128, poll.intervalSeconds());
    poll.limit(16);
    assertEquals(64, poll.intervalSeconds(), "not below minpoll");
    poll.limit(4096);
    assertEquals(1024, poll.intervalSeconds());
  }

  @Test
  void newLimitsTakeEffectBeforeTheOldIntervalIsOver() {
    PollProcess poll = settled(10, 10, false);
    poll.sent(START, true);
    poll.reconfigure(config(4, 4, false, false), START);
    assertEquals(16, poll.next().secondsSince(START), 1);
  }
}
