package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.HardwareClock;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.LinuxExceptions;
import io.chronoconf.ntp.linux.StampAbilities;
import io.chronoconf.ntp.linux.StampCalls;
import io.chronoconf.ntp.linux.StampMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Network hardware whose clock drifts against the oscillator of a test.
final class FakeStampCalls implements StampCalls {
  static final StampAbilities ALL = new StampAbilities(0x5f, 3, 3, 0x9003);
  static final StampMode OFF = new StampMode(0, 0, 0);

  private static final int EPERM = 1;
  private static final int ENODEV = 19;
  private static final int ENOTSUP = 95;

  final Map<String, StampAbilities> abilities = new HashMap<>();
  final Map<String, StampMode> modes = new HashMap<>();
  final List<String> switched = new ArrayList<>();
  final FakeSource source;
  double clockRate = 1 + 30e-6;
  long clockOffset = 37_000_000_000L;
  long spentPerReading = 1_000;
  boolean maySwitch = true;
  boolean isGone;
  boolean isOpen;
  final CountDownLatch opened = new CountDownLatch(1);
  Optional<String> obstacle = Optional.empty();

  FakeStampCalls(FakeSource source) {
    this.source = source;
  }

  long clockNow() {
    return Math.round(source.rawNanos() * clockRate) + clockOffset;
  }

  @Override
  public Optional<String> obstacle() {
    return obstacle;
  }

  @Override
  public StampAbilities abilities(String device) throws LinuxException {
    StampAbilities known = abilities.get(device);
    if (known == null) {
      throw LinuxExceptions.of("ethtool", ENOTSUP);
    }
    return known;
  }

  @Override
  public StampMode mode(String device) throws LinuxException {
    StampMode known = modes.get(device);
    if (known == null) {
      throw LinuxExceptions.of("get", ENOTSUP);
    }
    return known;
  }

  @Override
  public StampMode setMode(String device, StampMode wanted) throws LinuxException {
    if (!maySwitch) {
      throw LinuxExceptions.of("set", EPERM);
    }
    switched.add(device + " " + wanted.sendType() + " " + wanted.receiveFilter());
    modes.put(device, wanted);
    return wanted;
  }

  @Override
  public HardwareClock clock(int index) throws LinuxException {
    if (isGone) {
      throw LinuxExceptions.of("open", ENODEV);
    }
    isOpen = true;
    opened.countDown();
    return new HardwareClock() {
      @Override
      public long nanos() throws LinuxException {
        if (isGone) {
          throw LinuxExceptions.of("clock_gettime", ENODEV);
        }
        source.advance(spentPerReading / 2);
        long now = clockNow();
        source.advance(spentPerReading - spentPerReading / 2);
        return now;
      }

      @Override
      public void close() {
        isOpen = false;
      }
    };
  }
}
