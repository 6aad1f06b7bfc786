package io.chronoconf.ntp.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// Lines `raw,clock`: the host's oscillator in nanoseconds, which all processes of the host share,
/// and the clock at that moment in nanoseconds since 1970. The moments are whole seconds of the
/// oscillator, so that two agents' lines of the same moment tell how far their clocks are apart.
final class ClockLog implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final HostClock clock;
  private final Writer writer;
  private long lastRaw = Long.MIN_VALUE;

  /// @throws IOException if the file cannot be written
  ClockLog(HostClock clock, Path file) throws IOException {
    this.clock = clock;
    this.writer =
        Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// Writes the line of the second that began last, unless it is written.
  ///
  /// @throws IOException if the file cannot be written
  void write() throws IOException {
    long raw = Math.floorDiv(clock.rawNanos(), NANOS_PER_SECOND) * NANOS_PER_SECOND;
    if (raw == lastRaw) {
      return;
    }
    lastRaw = raw;
    NtpTimestamp local = clock.at(raw).local();
    Instant instant = local.toInstant(Instant.now());
    long nanos = Math.addExact(instant.getEpochSecond() * NANOS_PER_SECOND, instant.getNano());
    writer.write(raw + "," + nanos + "\n");
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
