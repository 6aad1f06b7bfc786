package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxClockReader;

/// Linux' clocks: an oscillator that nobody steers.
final class LinuxRawSource implements RawSource {
  @Override
  public long rawNanos() {
    return LinuxClockReader.rawNanos();
  }

  @Override
  public long realNanos() {
    return LinuxClockReader.realNanos();
  }
}
