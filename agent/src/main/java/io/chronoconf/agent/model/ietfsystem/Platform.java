package io.chronoconf.agent.model.ietfsystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the agent runs on. Leaves of which the host says nothing stay empty.
///
/// @param osName such as `Linux`
/// @param osRelease of the kernel
/// @param osVersion build of the kernel
/// @param machine such as `amd64`
record Platform(
    Optional<String> osName,
    Optional<String> osRelease,
    Optional<String> osVersion,
    Optional<String> machine) {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final int MAX_CHARACTERS = 200;

  static Platform ofHost() {
    return new Platform(
        Optional.ofNullable(System.getProperty("os.name")),
        Optional.ofNullable(System.getProperty("os.version")),
        line(Path.of("/proc/sys/kernel/version")),
        Optional.ofNullable(System.getProperty("os.arch")));
  }

  /// How long the host has been up; empty where it does not say.
  static Optional<Duration> uptime() {
    try {
      return line(UPTIME)
          .map(text -> Double.parseDouble(text.substring(0, text.indexOf(' '))))
          .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> line(Path file) {
    try {
      String text = Files.readString(file).strip();
      return Optional.of(text.substring(0, Math.min(text.length(), MAX_CHARACTERS)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
