package io.chronoconf.agent.statefile;

import java.io.IOException;
import java.nio.file.Path;

/// The first line of a text file of the state folder: what it is, and the version of its format. A
/// file without one is of version 1, from before there was such a line.
///
/// @param name what the file is
/// @param version that this agent writes, and the last that it reads
public record FormatLine(String name, int version) {
  private static final int UNVERSIONED = 1;

  /// The line, for the beginning of a file.
  public String text() {
    return name + " " + version + "\n";
  }

  /// The version of a file's format, not above [#version].
  ///
  /// @throws IOException if a newer agent wrote it, or the line is damaged; the message says what
  ///   to do
  public int versionOf(Path file, String content) throws IOException {
    if (!content.startsWith(name + " ")) {
      return UNVERSIONED;
    }
    String number = content.lines().findFirst().orElse("").substring(name.length() + 1);
    int found = number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    if (found <= UNVERSIONED) {
      throw new IOException(
          "%s is damaged in its first line: restore it from a backup".formatted(file));
    }
    if (found > version) {
      throw new IOException(
          "%s has format version %d, and this agent knows none after %d: run the newer agent that wrote it, or restore a backup from before the upgrade"
              .formatted(file, found, version));
    }
    return found;
  }
}
