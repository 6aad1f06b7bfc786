package io.chronoconf.agent;

import io.chronoconf.ntp.io.VirtualClockAnchor;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a virtual clock stood, so that a restart does not step it. Valid within one boot of the
/// host, because the oscillator's zero is.
///
/// One line: boot identifier, oscillator in nanoseconds, clock in hexadecimal, frequency.
final class VirtualClockFile {
  private static final Logger LOG = LoggerFactory.getLogger(VirtualClockFile.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int MAX_BYTES = 4096;

  private VirtualClockFile() {}

  /// Empty if there is none, if it is of another boot, or if it cannot be understood.
  static Optional<VirtualClockAnchor> read(Path file) {
    try {
      if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      String[] words = Files.readString(file).strip().split(" ", -1);
      if (words.length != 4 || !words[0].equals(bootId())) {
        return Optional.empty();
      }
      return Optional.of(
          new VirtualClockAnchor(
              Long.parseLong(words[1]),
              new NtpTimestamp(Long.parseUnsignedLong(words[2], 16)),
              Double.parseDouble(words[3])));
    } catch (IOException | NumberFormatException e) {
      LOG.warn("{} cannot be read, so the virtual clock starts anew", file, e);
      return Optional.empty();
    }
  }

  /// Replaces the file as a whole: a reader sees the old one or the new one.
  static void write(Path file, VirtualClockAnchor anchor) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(
          next,
          "%s %d %x %s%n"
              .formatted(bootId(), anchor.rawNanos(), anchor.local().bits(), anchor.frequency()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written, so the virtual clock will start anew", file, e);
    }
  }

  private static String bootId() throws IOException {
    return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
  }
}
