package io.chronoconf.ntp.time;

/// A poll interval as log2 seconds (RFC 5905 section 7.3): 6 is 64 s.
///
/// @param log2Seconds -7 to 17; configuration narrows it to 4 to 17
public record PollExponent(int log2Seconds) implements Comparable<PollExponent> {
  /// The shortest interval that RFC 5905 allows (MINPOLL).
  public static final PollExponent MIN = new PollExponent(4);

  /// The longest one (MAXPOLL).
  public static final PollExponent MAX = new PollExponent(17);

  public PollExponent {
    if (log2Seconds < -7 || log2Seconds > 17) {
      throw new IllegalArgumentException("poll exponent " + log2Seconds + " is not in -7..17");
    }
  }

  public double seconds() {
    return Math.scalb(1.0, log2Seconds);
  }

  public PollExponent clamp(PollExponent minimum, PollExponent maximum) {
    return new PollExponent(
        Math.min(Math.max(log2Seconds, minimum.log2Seconds), maximum.log2Seconds));
  }

  @Override
  public int compareTo(PollExponent other) {
    return Integer.compare(log2Seconds, other.log2Seconds);
  }
}
