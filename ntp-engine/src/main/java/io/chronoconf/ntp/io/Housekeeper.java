package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.NtpDuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that writes files, once a second if there is something to write: no other thread of
/// the service waits for a disk.
final class Housekeeper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final long SAVE_SECONDS = 300;

  /// What a restart may be wrong by, because of what happened since the last save.
  private static final NtpDuration TOLERABLE = NtpDuration.ofSeconds(0.0005);

  private final HostClock clock;
  private final EngineControl engine;
  private final Optional<StateFile> file;
  private final Optional<ClockLog> log;
  private final String boot = StateFile.bootId();
  private final CountDownLatch stop = new CountDownLatch(1);
  private NtpState saved;
  private long savedAt;
  private volatile List<String> degraded = List.of();

  /// @param loaded what the file held at the start
  Housekeeper(
      HostClock clock,
      EngineControl engine,
      Optional<StateFile> file,
      NtpState loaded,
      Optional<ClockLog> log) {
    this.clock = clock;
    this.engine = engine;
    this.file = file;
    this.saved = loaded;
    this.log = log;
  }

  /// What cannot be written just now. Any thread.
  List<String> degraded() {
    return degraded;
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    savedAt = clock.rawNanos();
    try {
      while (!stop.await(nanosToNextSecond(), TimeUnit.NANOSECONDS)) {
        write(isSaveDue());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    write(true);
    closeLog();
  }

  private long nanosToNextSecond() {
    return TimeUnit.SECONDS.toNanos(1)
        - Math.floorMod(clock.rawNanos(), TimeUnit.SECONDS.toNanos(1));
  }

  private void write(boolean saves) {
    List<String> refused = new ArrayList<>();
    try {
      if (log.isPresent()) {
        log.get().write();
      }
    } catch (IOException failure) {
      refused.add("the clock log is not written: " + failure + "; make room or stop it");
    }
    try {
      if (saves && file.isPresent()) {
        save(file.get());
      }
    } catch (IOException | IllegalStateException failure) {
      refused.add("the NTP state is not saved: " + failure + "; make its folder writable");
    }
    refused.stream().filter(text -> !degraded.contains(text)).forEach(LOG::warn);
    degraded = List.copyOf(refused);
  }

  private void save(StateFile target) throws IOException {
    savedAt = clock.rawNanos();
    SystemStatus system = engine.status().system();
    OptionalDouble frequency =
        system.isSynchronized() ? OptionalDouble.of(system.frequency()) : saved.frequency();
    NtpState state = new NtpState(frequency, boot, anchor());
    target.save(state);
    saved = state;
  }

  private Optional<VirtualClockAnchor> anchor() {
    return clock instanceof VirtualClock virtual ? Optional.of(virtual.anchor()) : Optional.empty();
  }

  /// Now and then, and as soon as a restart would be wrong with what was saved.
  private boolean isSaveDue() {
    if (clock.rawNanos() - savedAt > TimeUnit.SECONDS.toNanos(SAVE_SECONDS)) {
      return true;
    }
    return clock instanceof VirtualClock virtual
        && saved
            .anchor()
            .map(
                anchor ->
                    !virtual.hasLeapOf(anchor)
                        || virtual.differenceTo(anchor).abs().compareTo(TOLERABLE) > 0)
            .orElse(true);
  }

  private void closeLog() {
    try {
      if (log.isPresent()) {
        log.get().close();
      }
    } catch (IOException failure) {
      LOG.warn("the clock log's end is lost: {}", failure.toString());
    }
  }
}
