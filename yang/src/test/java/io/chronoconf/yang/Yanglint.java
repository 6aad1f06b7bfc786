package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/// A second opinion: libyang's, of the package libyang2-tools. One process loads modules and judges
/// many payloads; without the program a test is skipped, or fails where CI is true.
final class Yanglint {
  private static final Path PROGRAM = Path.of("/usr/bin/yanglint");
  private static final Path MODULES = Path.of("target/classes/META-INF/yang").toAbsolutePath();
  private static final long SECONDS_MAX = 120;

  // A command that does not exist: the complaint about it separates the verdicts.
  private static final String MARKER = "payload:";

  private final List<String> commands = new ArrayList<>();
  private final Path work;
  private int files;

  /// @param features per module; a module that is not named has none, `*` stands for all
  Yanglint(Path work, List<ModuleEntry> implemented, Map<String, String> features) {
    if (!Files.isExecutable(PROGRAM)) {
      assertFalse("true".equals(System.getenv("CI")), "install libyang2-tools");
      Assumptions.abort("yanglint is not installed (package libyang2-tools)");
    }
    this.work = work;
    String options =
        features.entrySet().stream()
            .map(entry -> "-F " + entry.getKey() + ":" + entry.getValue() + " ")
            .collect(Collectors.joining());
    String paths =
        implemented.stream()
            .map(module -> MODULES.resolve(module.fileName()).toString())
            .collect(Collectors.joining(" "));
    commands.add("searchpath " + MODULES);
    commands.add("add " + options + paths);
  }

  /// Adds a configuration to judge, complete with what it refers to.
  void judge(String name, String configuration) throws IOException {
    judge(name, "config", configuration);
  }

  /// Adds an edit to judge, which may refer to what it does not hold.
  void judgeEdit(String name, String edit) throws IOException {
    judge(name, "edit", edit);
  }

  private void judge(String name, String type, String payload) throws IOException {
    Path file = work.resolve("payload-" + files++ + ".xml");
    Files.writeString(file, payload);
    commands.add(MARKER + name.replace(' ', '-'));
    commands.add("data -t " + type + " " + file);
  }

  /// What it says against each payload, by name, nothing where it accepts; under the empty name
  /// what it says against the modules.
  Map<String, String> verdicts() throws IOException, InterruptedException {
    Path input = work.resolve("commands");
    Path output = work.resolve("output");
    Files.write(input, commands);
    ProcessBuilder builder =
        new ProcessBuilder(PROGRAM.toString())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", work.toString());
    assertTrue(builder.start().waitFor(SECONDS_MAX, TimeUnit.SECONDS), "yanglint hangs");
    Map<String, String> verdicts = new LinkedHashMap<>();
    String name = "";
    verdicts.put(name, "");
    for (String line : Files.readAllLines(output)) {
      if (line.contains("Unknown command \"" + MARKER)) {
        name = line.substring(line.indexOf(MARKER) + MARKER.length(), line.indexOf("\", type"));
        verdicts.put(name, "");
      } else if (line.startsWith("libyang[0]") || line.startsWith("YANGLINT[E]")) {
        verdicts.put(name, Objects.requireNonNull(verdicts.get(name)) + line + "\n");
      }
    }
    return verdicts;
  }
}
