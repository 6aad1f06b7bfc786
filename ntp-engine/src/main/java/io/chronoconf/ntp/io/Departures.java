package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.HardwareStamp;
import io.chronoconf.ntp.linux.ReceiveBatch;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;

/// When the datagrams of one socket left. The stamp of the hardware comes after that of the
/// software, or never, and is measured by it.
final class Departures {
  private static final int REMEMBERED = 64;
  private static final long NONE = -1;

  private final long[] numbers = new long[REMEMBERED];
  private final long[] software = new long[REMEMBERED];

  Departures() {
    Arrays.fill(numbers, NONE);
  }

  /// The oscillator when a datagram left; empty if nothing better is known than what was told of it
  /// before.
  ///
  /// @param hardware tells the oscillator at a stamp of hardware, if it can
  OptionalLong rawNanos(
      ReceiveBatch.Transmission sending,
      StampConverter converter,
      Function<HardwareStamp, OptionalLong> hardware) {
    long number = Integer.toUnsignedLong(sending.number());
    int at = (int) (number % REMEMBERED);
    if (sending.hardware().isEmpty()) {
      numbers[at] = number;
      software[at] = converter.toRaw(sending.stampNanos());
      return OptionalLong.of(software[at]);
    }
    return numbers[at] == number
        ? CredibleStamp.ofDeparture(software[at], hardware.apply(sending.hardware().get()))
        : OptionalLong.empty();
  }
}
