package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.LinuxPlatform;
import io.chronoconf.ntp.linux.LinuxStampCalls;
import io.chronoconf.ntp.linux.StampCalls;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that minds [StampingHardware]: switching a device may take it a while. Without
/// hardware that stamps it sleeps.
final class HardwareStampThread implements HardwareStamps {
  private static final Logger LOG = LoggerFactory.getLogger(HardwareStampThread.class);
  private static final long STOP_MILLIS = 5_000;

  private final StampingHardware hardware;
  private final Thread thread;

  /// The last picture that was not looked at yet.
  private final BlockingQueue<HostNetwork> seen = new ArrayBlockingQueue<>(1);

  private volatile boolean isStopping;

  private HardwareStampThread(StampingHardware hardware) {
    this.hardware = hardware;
    this.thread = Thread.ofPlatform().name("ntp-hardware").daemon().start(this::run);
  }

  /// Hardware stamps as far as they are wanted and this system has them.
  static HardwareStamps start(NtpServiceOptions options, Instances instances, RawSource source) {
    boolean isPossible =
        options.transport() != TransportKind.NETTY && LinuxPlatform.obstacle().isEmpty();
    return options.hardwareStamps() == HardwareStampUse.OFF || !isPossible
        ? NONE
        : start(new LinuxStampCalls(), instances, source);
  }

  static HardwareStamps start(StampCalls calls, Instances instances, RawSource source) {
    Optional<String> obstacle = calls.obstacle();
    if (obstacle.isPresent()) {
      LOG.warn("no hardware stamps: {}", obstacle.get());
      return NONE;
    }
    return new HardwareStampThread(new StampingHardware(calls, instances, source));
  }

  @Override
  public boolean isOn() {
    return hardware.isOn();
  }

  @Override
  public OptionalLong toRaw(String namespace, int interfaceIndex, long stampNanos) {
    return hardware.toRaw(namespace, interfaceIndex, stampNanos);
  }

  @Override
  public void see(HostNetwork network) {
    while (!seen.offer(network)) {
      seen.poll();
    }
  }

  private void run() {
    try {
      while (!isStopping) {
        turn();
      }
    } catch (InterruptedException stopped) {
      // That is how it is told.
    } catch (RuntimeException defect) {
      LOG.error("stamps by the kernel from now on, after an internal error", defect);
    } finally {
      hardware.close();
    }
  }

  private void turn() throws InterruptedException {
    @Nullable HostNetwork network =
        hardware.hasClocks() ? seen.poll(1, TimeUnit.SECONDS) : seen.take();
    if (network != null) {
      hardware.look(network);
    }
    hardware.read();
  }

  @Override
  public void close() {
    isStopping = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
