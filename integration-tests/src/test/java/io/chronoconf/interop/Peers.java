package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What the machine must have for a test. Missing it skips the test on a user's machine and fails
/// it where `CI=true`.
final class Peers {
  private static final List<String> FOLDERS = List.of("usr/sbin", "usr/bin", "sbin", "bin");

  private Peers() {}

  /// The program, from the folder that `CHRONOCONF_PEERS` names or from the system.
  static Path program(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty()) {
      missing(name + " is not installed (.ci/peers and .ci/run show how to get it)");
    }
    return found.orElseThrow();
  }

  /// Debian's Python with one module.
  static Path pythonWith(String module) {
    Path python = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(python) || !succeeds(python.toString(), "-c", "import " + module)) {
      missing("/usr/bin/python3 has no module " + module + " (package python3-" + module + ")");
    }
    return python;
  }

  /// Network namespaces need root and a kernel that has them.
  static void namespaces() {
    program("ip");
    String probe =
        "cc-probe-" + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    if (!succeeds("ip", "netns", "add", probe)) {
      missing("network namespaces cannot be made here (root is needed)");
    }
    succeeds("ip", "netns", "del", probe);
  }

  private static Optional<Path> find(String name) {
    String peers = System.getenv().getOrDefault("CHRONOCONF_PEERS", "");
    for (String root : peers.isEmpty() ? List.of("/") : List.of(peers, "/")) {
      for (String folder : FOLDERS) {
        Path program = Path.of(root, folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  private static void missing(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(reason);
    }
    Assumptions.abort(reason);
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
