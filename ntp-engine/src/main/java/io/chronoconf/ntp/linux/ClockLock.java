package io.chronoconf.ntp.linux;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file whose lock makes this process the one of its kind that sets the clock.
final class ClockLock implements AutoCloseable {
  private final @Nullable FileChannel channel;
  private final Optional<String> obstacle;

  private ClockLock(@Nullable FileChannel channel, Optional<String> obstacle) {
    this.channel = channel;
    this.obstacle = obstacle;
  }

  static ClockLock take(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return new ClockLock(channel, Optional.empty());
      }
      channel.close();
      return refused(
          "another agent holds " + file + " and sets the kernel's clock: stop it and start again");
    } catch (IOException failure) {
      return refused(
          "the lock file " + file + " of the kernel's clock cannot be written (" + failure + ")");
    }
  }

  /// Why the lock was not taken.
  Optional<String> obstacle() {
    return obstacle;
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException gone) {
        // The lock ends with the process at the latest.
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static ClockLock refused(String why) {
    return new ClockLock(null, Optional.of(why));
  }
}
