package io.chronoconf.ntp.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `ntp.state` of a folder. It is replaced as a whole, so that a crash leaves the old one
/// or the new one.
final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long MAX_BYTES = 4_096;

  private final Path file;
  private final Path draft;

  StateFile(Path folder) {
    this.file = folder.resolve("ntp.state");
    this.draft = folder.resolve("ntp.state.new");
  }

  /// What was saved; nothing if there is no file or it is damaged, which costs no more than the
  /// time to learn the frequency anew.
  ///
  /// @throws NewerFormatException if a later version of this program wrote it
  NtpState load() throws NewerFormatException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("it is longer than " + MAX_BYTES + " bytes");
      }
      List<String> lines = Files.readAllLines(file);
      int version = NtpState.version(lines);
      if (version > NtpState.VERSION) {
        throw new NewerFormatException(file, version, NtpState.VERSION);
      }
      return NtpState.parse(lines);
    } catch (NoSuchFileException first) {
      return NtpState.NONE;
    } catch (NewerFormatException newer) {
      throw newer;
    } catch (IOException | IllegalArgumentException damaged) {
      LOG.warn("{} is not used, the frequency is learnt anew: {}", file, damaged.getMessage());
      return NtpState.NONE;
    }
  }

  /// @throws IOException if the folder cannot be written
  void save(NtpState state) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = UTF_8.encode(state.format());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Identifies this boot of the host; readings of the oscillator mean nothing in another.
  static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException unknown) {
      return "";
    }
  }
}
