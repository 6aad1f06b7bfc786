package io.chronoconf.ntp.linux;

/// What clock_adjtime is told and tells, in the kernel's units.
///
/// @param modes which members are to be set; zero only reads
/// @param frequency parts per million times 2^16
/// @param maximumError microseconds
/// @param estimatedError microseconds
/// @param status the `STA_` bits
/// @param seconds of a step, or the kernel's time
/// @param nanos of a step, 0 to 999999999, or the kernel's time
/// @param tick microseconds per 10 ms of the hardware; 10000 is neither fast nor slow
public record Timex(
    int modes,
    long frequency,
    long maximumError,
    long estimatedError,
    int status,
    long seconds,
    long nanos,
    long tick) {
  public static final int SET_FREQUENCY = 0x2;
  public static final int SET_MAXERROR = 0x4;
  public static final int SET_ESTERROR = 0x8;
  public static final int SET_STATUS = 0x10;
  public static final int ADD_OFFSET = 0x100;
  public static final int IN_NANOS = 0x2000;
  public static final int SET_TICK = 0x4000;

  /// The kernel's own phase-locked loop is at work.
  public static final int STATUS_PLL = 0x1;

  /// The kernel's own loop for frequency is at work.
  public static final int STATUS_FLL = 0x8;

  public static final int STATUS_INSERT = 0x10;
  public static final int STATUS_DELETE = 0x20;
  public static final int STATUS_UNSYNCHRONIZED = 0x40;

  static final Timex READ = new Timex(0, 0, 0, 0, 0, 0, 0, 0);

  static Timex rate(KernelRate rate) {
    return new Timex(
        SET_FREQUENCY | SET_TICK, rate.scaledPpm(), 0, 0, 0, 0, 0, rate.microsPerTick());
  }

  static Timex offset(long nanos) {
    return new Timex(
        ADD_OFFSET | IN_NANOS,
        0,
        0,
        0,
        0,
        Math.floorDiv(nanos, 1_000_000_000L),
        Math.floorMod(nanos, 1_000_000_000L),
        0);
  }

  static Timex status(int status, long errorMicros) {
    return new Timex(
        SET_STATUS | SET_MAXERROR | SET_ESTERROR, 0, errorMicros, errorMicros, status, 0, 0, 0);
  }
}
