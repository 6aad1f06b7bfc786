package io.chronoconf.datastore.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The folder that holds the configuration: readable by its owner alone, used by one process at a
/// time, and written so that a power cut leaves the old or the new file, never half of one.
final class StateFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final boolean isPosix;
  private final FileChannel lockFile;

  private StateFolder(Path folder, boolean isPosix, FileChannel lockFile) {
    this.folder = folder;
    this.isPosix = isPosix;
    this.lockFile = lockFile;
  }

  static StateFolder open(Path folder) throws StoreException {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      Files.createDirectories(folder);
      if (isPosix) {
        Files.setPosixFilePermissions(folder, OWNER_FOLDER);
      }
      FileChannel lockFile =
          channel(
              folder.resolve("lock"), isPosix, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      take(folder, lockFile);
      return new StateFolder(folder, isPosix, lockFile);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static void take(Path folder, FileChannel lockFile) throws IOException, StoreException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw new StoreException(
          folder,
          "another agent is using this state folder",
          "Stop that agent, or give this one a folder of its own.");
    }
  }

  static StoreException unusable(Path file, IOException cause) {
    String reason =
        cause instanceof FileSystemException fs && fs.getReason() != null
            ? fs.getReason()
            : cause.toString();
    return new StoreException(
        file,
        "cannot be used: " + reason,
        "Check that the folder exists, belongs to the agent's user and that the disk is not full.",
        cause);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// Opens a file of the folder, creating it for the owner's eyes only.
  FileChannel open(String name, OpenOption... options) throws IOException {
    return channel(file(name), isPosix, options);
  }

  private static FileChannel channel(Path file, boolean isPosix, OpenOption... options)
      throws IOException {
    FileAttribute<?>[] attributes =
        isPosix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(options), attributes);
  }

  /// Writes what a file is to hold.
  @FunctionalInterface
  interface Body {
    void write(FileChannel into) throws IOException;
  }

  /// Replaces a file as a whole: when this returns, the new one survives a power cut.
  void replace(String name, ByteBuffer content) throws IOException {
    replace(name, channel -> writeAll(channel, content));
  }

  static void writeAll(FileChannel channel, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      channel.write(content);
    }
  }

  /// Replaces a file as a whole by what the body writes.
  void replace(String name, Body body) throws IOException {
    String fresh = name + ".new";
    Files.deleteIfExists(file(fresh));
    try (FileChannel channel =
        open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      body.write(channel);
      channel.force(true);
    }
    try {
      Files.move(file(fresh), file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(file(fresh), file(name), StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder();
  }

  private void forceFolder() throws IOException {
    if (isPosix) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
