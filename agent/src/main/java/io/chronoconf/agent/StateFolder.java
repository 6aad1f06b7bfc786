package io.chronoconf.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder in which everything lies that must survive, held by one process at a time.
///
///     config/        the journal of commits
///     clock/         what the NTP service learnt
///     ssh_host_*     the SSH host keys
///     agent.lock     held while an agent runs
final class StateFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private StateFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Makes the folder if it is missing, for this user only, and takes hold of it.
  ///
  /// @throws StartException if it cannot be made or written, or another process holds it
  static StateFolder open(Path path) throws StartException {
    try {
      createPrivate(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null || !lock.isValid()) {
        channel.close();
        throw new StartException(
            "the state folder %s belongs to an agent that is running. Stop that one, or give another"
                    .formatted(path)
                + " folder with --state.");
      }
      StateFolder folder = new StateFolder(path, channel);
      createPrivate(folder.clock());
      return folder;
    } catch (IOException e) {
      throw new StartException(
          "the state folder %s cannot be used (%s). Give one that you may write to with --state."
              .formatted(path, Reasons.of(e)),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  Path path() {
    return path;
  }

  Path config() {
    return path.resolve("config");
  }

  Path clock() {
    return path.resolve("clock");
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The system frees the lock with the process.
    }
  }
}
