package io.chronoconf.ntp.time;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// A reading of a clock in NTP's 64-bit format (RFC 5905 section 6): seconds since 1900 modulo 2^32
/// in the upper half, fraction in the lower. It carries no era: only differences mean something,
/// and they are right as long as the two readings lie within 68 years. Zero means "unknown".
///
/// @param bits the 64 bits as on the wire
public record NtpTimestamp(long bits) {
  public static final NtpTimestamp UNKNOWN = new NtpTimestamp(0);

  private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

  /// When era 1 begins: 2036-02-07T06:28:16Z.
  private static final Instant ERA_1 = Instant.ofEpochSecond((1L << 32) - UNIX_EPOCH_SECONDS);

  /// The reading that stands for this instant in its own era. Zero is never produced: the one
  /// instant per era that would be zero becomes the next fraction.
  public static NtpTimestamp of(Instant instant) {
    long seconds = instant.getEpochSecond() + UNIX_EPOCH_SECONDS;
    long fraction = (((long) instant.getNano() << 32) + 500_000_000L) / 1_000_000_000L;
    return known((seconds << 32) + fraction);
  }

  /// `this - earlier`, positive if this reading is later (RFC 5905 section 6, two's complement).
  public NtpDuration minus(NtpTimestamp earlier) {
    return new NtpDuration(bits - earlier.bits);
  }

  /// This reading moved by `span`; never the value "unknown".
  public NtpTimestamp plus(NtpDuration span) {
    return known(bits + span.units());
  }

  public boolean isUnknown() {
    return bits == 0;
  }

  public boolean isBefore(NtpTimestamp other) {
    return bits - other.bits < 0;
  }

  /// The instant nearest to `pivot` that has this reading.
  public Instant toInstant(Instant pivot) {
    long pivotSeconds = pivot.getEpochSecond() + UNIX_EPOCH_SECONDS;
    int distance = (int) ((bits >>> 32) - pivotSeconds);
    long nanos = ((bits & 0xffffffffL) * 1_000_000_000L + 0x80000000L) >>> 32;
    return Instant.ofEpochSecond(pivotSeconds + distance - UNIX_EPOCH_SECONDS, nanos);
  }

  /// The instant between 1968 and 2104 that has this reading.
  public Instant toInstant() {
    return toInstant(ERA_1);
  }

  /// Seconds and fraction in hexadecimal, as operators know it: `d0c6033f.b9923965`.
  public String toHex() {
    return String.format("%08x.%08x", bits >>> 32, bits & 0xffffffffL);
  }

  /// This reading with the bits that a clock cannot resolve replaced by random ones (RFC 5905
  /// section 6), so that a stamp cannot be guessed and no two are the same.
  ///
  /// @param precision of the clock, log2 seconds
  public NtpTimestamp fuzzed(int precision, RandomGenerator random) {
    int meaningless = Math.clamp(32 + precision, 0, 31);
    long mask = (1L << meaningless) - 1;
    return known((bits & ~mask) | (random.nextLong() & mask));
  }

  private static NtpTimestamp known(long bits) {
    return new NtpTimestamp(bits == 0 ? 1 : bits);
  }
}
