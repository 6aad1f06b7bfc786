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
/// and the clock at that moment in nanoseconds since 1970. Two agents' files tell how far their
/// clocks are apart.
final class ClockLog implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final HostClock clock;
  private final Writer writer;

  /// @throws IOException if the file cannot be written
  ClockLog(HostClock clock, Path file) throws IOException {
    this.clock = clock;
    this.writer =
        Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// @throws IOException if the file cannot be written
  void write() throws IOException {
    long raw = clock.rawNanos();
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
