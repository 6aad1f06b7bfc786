package io.chronoconf.datastore.store;

import java.nio.file.Path;

/// The version of a file's format. There has been one of each file's so far; what follows it reads
/// the one before too.
final class FormatVersion {
  private static final int FIRST = 1;

  private FormatVersion() {}

  /// Refuses what cannot be read, before anything is changed.
  ///
  /// @param found in the file
  /// @param known that this agent writes, and the last that it reads
  static void require(Path file, int found, int known) throws StoreException {
    if (found > known) {
      throw new StoreException(
          file,
          "its format version " + found + " is newer than this agent's " + known,
          "Run the newer agent that wrote it, or restore a backup from before the upgrade.");
    }
    if (found < FIRST) {
      throw new StoreException(
          file,
          "there never was a format version " + found,
          "Check the disk and restore the folder from a backup.");
    }
  }
}
