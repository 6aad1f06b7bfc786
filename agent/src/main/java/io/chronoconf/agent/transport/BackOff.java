package io.chronoconf.agent.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: twice as long each time up to a limit, and of that between
/// a half and all by chance, so that devices which lost the same client do not all call it at the
/// same moment. One thread.
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Duration longest;
  private final RandomGenerator chance;
  private Duration next;

  BackOff(Duration longest, RandomGenerator chance) {
    this.longest = longest;
    this.chance = chance;
    this.next = first();
  }

  private Duration first() {
    return FIRST.compareTo(longest) < 0 ? FIRST : longest;
  }

  /// The time to wait now.
  Duration next() {
    long halfMs = next.toMillis() / 2;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofMillis(halfMs + chance.nextLong(halfMs + 1));
  }

  /// Begins anew.
  void reset() {
    next = first();
  }
}
