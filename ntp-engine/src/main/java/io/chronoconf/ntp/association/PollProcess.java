package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.MonotonicTime;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When an association sends next (RFC 5905 section 13). Owned by one association; it tells times
/// and sends nothing.
///
/// ```
/// start -> burst (iburst) -> polls 16 s apart until the frequency is known -> the poll interval
/// unreachable for long -> interval doubles up to maxpoll; heard again -> burst (iburst)
/// ```
public final class PollProcess {
  /// Packets of a burst and their distance.
  public static final int BURST_PACKETS = 8;

  public static final double BURST_SECONDS = 2;

  /// Packets that follow the first answer at least, so that the clock filter can be relied upon.
  private static final int LEAST_FOLLOWING = 5;

  /// Polls without an answer after which asking becomes rarer (UNREACH).
  static final int UNREACHABLE_POLLS = 12;

  /// The longest interval there is (MAXPOLL).
  static final int MAX_POLL = 17;

  /// However often a server asks us to ask less often, we ask every two hours at least: kisses can
  /// be forged by who sees our packets (RFC 8633 section 5.4).
  static final int MAX_RATE_POLL = 13;

  /// Until so many answers came, the clock filter cannot be relied upon.
  private static final int ANSWERS_NEEDED = 4;

  /// Until then, and until the clock's frequency is known, so many polls at most follow each other
  /// at the least distance that RFC 5905 allows (MINPOLL), whatever the configured limit: a clock
  /// is right within a minute without a burst, and a server that starts together with us is found
  /// soon.
  private static final int START_POLLS = 8;

  /// Two answers to another's packets are not nearer to each other: whatever comes in, no flood
  /// goes out.
  private static final double ANSWER_SECONDS = 1;

  /// Our own poll follows an answer no sooner.
  private static final double POLL_AFTER_ANSWER_SECONDS = 4;

  private static final double START_SECONDS = 16;
  private static final double START_SPREAD_SECONDS = 0.2;
  private static final double BURST_SPREAD_SECONDS = 0.02;

  /// Polls are spread at random by up to this part of the interval, and by seconds at most, so that
  /// many clients do not fall into step.
  private static final double SPREAD_RATIO = 1.0 / 32;

  private static final double MAX_SPREAD_SECONDS = 4;

  private final RandomGenerator random;
  private AssociationConfig config;
  private MonotonicTime next;
  private double advisedSeconds;
  private double longestShare = 1;
  private int burst;
  private int unansweredPolls;
  private int startPolls = START_POLLS;
  private int answers;
  private int rateFloor;
  private double limitSeconds = Double.POSITIVE_INFINITY;
  private @Nullable MonotonicTime lastSent;
  private @Nullable MonotonicTime answerAt;
  private boolean isFrequencyKnown;
  private boolean isStopped;

  public PollProcess(AssociationConfig config, MonotonicTime now, RandomGenerator random) {
    this.config = config;
    this.random = random;
    this.next = now.plusSeconds(random.nextDouble() * START_SPREAD_SECONDS);
    this.advisedSeconds = config.minPoll().seconds();
  }

  /// Other limits; the time of the next packet comes no later than they allow.
  public void reconfigure(AssociationConfig changed, MonotonicTime now) {
    config = changed;
    MonotonicTime latest = now.plusSeconds(intervalSeconds());
    if (latest.isBefore(next)) {
      next = latest;
    }
  }

  /// When the next packet is due.
  public MonotonicTime next() {
    MonotonicTime answer = answerAt;
    return answer != null && answer.isBefore(next) ? answer : next;
  }

  public boolean isStopped() {
    return isStopped;
  }

  /// Whether the packet that is due belongs to a burst begun before: it is no poll of its own.
  public boolean isInBurst() {
    return burst > 0;
  }

  /// Whether the packet that is due answers another's: it is no poll of its own.
  public boolean isAnswerDue(MonotonicTime now) {
    MonotonicTime at = answerAt;
    return at != null && !now.isBefore(at);
  }

  /// The other side sent a packet that is to be answered at once, beside our own polls.
  public void answer(MonotonicTime now) {
    MonotonicTime last = lastSent;
    answerAt =
        last == null || now.secondsSince(last) >= ANSWER_SECONDS
            ? now
            : last.plusSeconds(ANSWER_SECONDS);
    // A poll that follows at once would look like one more answer.
    MonotonicTime earliest = now.plusSeconds(POLL_AFTER_ANSWER_SECONDS);
    next = next.isBefore(earliest) ? earliest : next;
  }

  /// The other side of a symmetric association need not be asked less often than it asks us.
  ///
  /// @param intervalSeconds of the other side
  public void limit(double intervalSeconds) {
    limitSeconds = Math.max(intervalSeconds, config.minPoll().seconds());
  }

  /// A packet is sent now; plans the next one.
  ///
  /// @param isReachable by the register after its shift
  public void sent(MonotonicTime now, boolean isReachable) {
    lastSent = now;
    if (isAnswerDue(now)) {
      answerAt = null;
      return;
    }
    if (burst > 0) {
      burst--;
    } else {
      beginPoll(isReachable);
    }
    next = now.plusSeconds(burst > 0 ? burstSeconds() : spread(pollSeconds()));
  }

  /// A mode that keeps its own pace had its turn.
  void paced(MonotonicTime now, double seconds) {
    next = now.plusSeconds(seconds);
  }

  /// What was waited for came: there is nothing to do before then.
  void postpone(MonotonicTime until) {
    burst = 0;
    next = until;
  }

  /// There may be something to say at once.
  public void hurry(MonotonicTime now) {
    next = now.isBefore(next) ? now : next;
  }

  private void beginPoll(boolean isReachable) {
    if (isReachable) {
      unansweredPolls = 0;
      burst = config.burst() && rateFloor == 0 ? BURST_PACKETS - 1 : 0;
      return;
    }
    // One burst when it becomes unreachable, not one per poll: nobody may be there to hear it.
    burst = config.iburst() && unansweredPolls == 0 && rateFloor == 0 ? BURST_PACKETS - 1 : 0;
    unansweredPolls++;
  }

  private double pollSeconds() {
    boolean isStarting = answers < ANSWERS_NEEDED || !isFrequencyKnown;
    if (isStarting && startPolls > 0 && rateFloor == 0) {
      startPolls--;
      return Math.min(START_SECONDS, intervalSeconds());
    }
    boolean isAnswering = unansweredPolls == 0 && rateFloor == 0;
    double longest = config.maxPoll().seconds() * longestShare;
    return isAnswering
        ? Math.clamp(longest, config.minPoll().seconds(), intervalSeconds())
        : intervalSeconds();
  }

  /// A valid answer came.
  ///
  /// @param isFirst the register was zero before
  public void answered(MonotonicTime now, boolean isFirst) {
    unansweredPolls = 0;
    answers++;
    if (isFirst && burst < LEAST_FOLLOWING && config.iburst() && rateFloor == 0) {
      burst = LEAST_FOLLOWING;
      next = now.plusSeconds(burstSeconds());
    }
  }

  /// The server asks us to ask less often (RATE). Every time the interval doubles, up to two hours
  /// whatever the configured limit.
  public void slowDown(MonotonicTime now) {
    rateFloor = Math.min(exponent() + 1, MAX_RATE_POLL);
    burst = 0;
    next = now.plusSeconds(spread(intervalSeconds()));
  }

  /// The server sent us away for good (DENY, RSTR).
  public void stop() {
    isStopped = true;
  }

  /// What suits the clock.
  ///
  /// @param seconds the interval; the limits apply
  /// @param share the part of the longest interval after which this association is to be asked
  ///   again at the latest, by what its last answer was worth
  /// @param isKnown whether the clock's frequency is known by now
  public void advise(double seconds, double share, boolean isKnown) {
    advisedSeconds = seconds;
    longestShare = share;
    isFrequencyKnown = isKnown;
  }

  /// The interval now in force.
  public double intervalSeconds() {
    double advised = Math.min(advisedSeconds, limitSeconds);
    double seconds = Math.clamp(advised, config.minPoll().seconds(), config.maxPoll().seconds());
    int doublings = unansweredPolls - UNREACHABLE_POLLS;
    if (doublings > 0) {
      seconds = Math.min(Math.scalb(seconds, doublings), config.maxPoll().seconds());
    }
    return Math.max(seconds, rateFloor == 0 ? 0 : Math.scalb(1.0, rateFloor));
  }

  /// The interval as the poll field has it, rounded down.
  public int exponent() {
    return Math.getExponent(intervalSeconds());
  }

  private double burstSeconds() {
    return BURST_SECONDS + random.nextDouble() * BURST_SPREAD_SECONDS;
  }

  private double spread(double seconds) {
    double most = Math.min(seconds * SPREAD_RATIO, MAX_SPREAD_SECONDS);
    return seconds + (2 * random.nextDouble() - 1) * most;
  }
}
