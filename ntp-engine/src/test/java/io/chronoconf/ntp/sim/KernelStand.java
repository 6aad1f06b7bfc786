package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.linux.KernelClock;
import io.chronoconf.ntp.linux.RecordedKernel;
import io.chronoconf.ntp.time.ClockException;
import io.chronoconf.ntp.time.HostClock;
import java.nio.file.Path;
import java.time.Instant;

/// The driver of the kernel's clock over a kernel of ours.
final class KernelStand implements DriverStand, AutoCloseable {
  private static final double NANOS = 1e9;

  private final RecordedKernel kernel;
  private final KernelClock driver;

  KernelStand(Instant start, double offset, Path lockFile) {
    kernel = new RecordedKernel(start);
    kernel.set(Math.round(offset * NANOS));
    driver = kernel.open(lockFile);
  }

  RecordedKernel kernel() {
    return kernel;
  }

  @Override
  public HostClock driver() {
    return driver;
  }

  @Override
  public void turn(long nanos) {
    kernel.advance(nanos);
  }

  @Override
  public double correction() {
    try {
      return driver.kernelFrequency();
    } catch (ClockException refused) {
      throw new IllegalStateException("the kernel is ours", refused);
    }
  }

  @Override
  public void disturb(double seconds) {
    kernel.set(Math.round(seconds * NANOS));
  }

  @Override
  public void close() {
    driver.close();
  }
}
