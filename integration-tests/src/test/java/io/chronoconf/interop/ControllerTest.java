package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenDaylight mounts a device: it compiles every schema that the device gives, reads, commits, is
/// notified and refused, comes back after the device was restarted, and is called home.
class ControllerTest {
  private static final Duration LIMIT = Duration.ofSeconds(80);
  private static final Path CONTROLLER = Path.of("controller", "target").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void openDaylightMountsADevice() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.80.0.1/24", "10.80.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStart(
                command -> network.start("a", command), folder.resolve("state"), List.of());
        RunningProgram controller = network.start("a", command(agent))) {
      controller.awaitOutput(text -> text.contains("\nrestart\n"), LIMIT);
      agent.stop();
      controller.awaitOutput(text -> text.contains("\ndisconnected\n"), LIMIT);
      agent.restart();
      assertEquals(0, controller.await(LIMIT), controller.output());
      check(lines(controller));
      agent.stop();
    }
  }

  private List<String> command(AgentProcess agent) throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-cp",
        CONTROLLER.resolve("classes") + ":" + CONTROLLER.resolve("lib") + "/*",
        "io.chronoconf.controller.Main",
        "8830",
        "admin",
        agent.password(),
        Files.createDirectory(folder.resolve("cache")).toString(),
        AgentProcess.resource("controller/good.xml").toString(),
        AgentProcess.resource("controller/bad.xml").toString(),
        AgentProcess.resource("controller/call-home.xml").toString());
  }

  /// What the controller says of itself, without what OpenDaylight logs.
  private static List<String> lines(RunningProgram controller) throws IOException {
    return controller.output().lines().filter(line -> line.matches("[a-zA-Z]+( .*)?")).toList();
  }

  private static void check(List<String> lines) throws IOException {
    String text = String.join("\n", lines);
    List<String> words = lines.stream().map(line -> line.replaceFirst(" .*", "")).toList();
    List<String> mounted = List.of("connected", "modules", "unresolved");
    assertEquals(
        Stream.of(
                mounted,
                List.of("subscribed", "OPERATIONAL", "committed", "notified", "CONFIGURATION"),
                List.of("refused", "CONFIGURATION", "restart", "disconnected"),
                mounted,
                List.of("OPERATIONAL", "CONFIGURATION", "committed", "CONFIGURATION"),
                List.of("committed"),
                mounted,
                List.of("OPERATIONAL", "finished"))
            .flatMap(List::stream)
            .toList(),
        words,
        text);
    assertEquals("modules " + published(), lines.get(1));
    assertEquals("unresolved {}", lines.get(2));
    assertEquals("subscribed []", lines.get(3));
    assertTrue(lines.get(4).contains("<clock-state>unsynchronized</clock-state>"), text);
    assertTrue(lines.get(6).contains("<username>admin</username>"), text);
    assertTrue(lines.get(6).contains("/a:ntp/a:refclock-master</target>"), text);
    String written = lines.get(7);
    assertTrue(written.contains("<master-stratum>7</master-stratum>"), text);
    assertTrue(written.contains("<minpoll>5</minpoll>"), text);
    assertTrue(
        lines
            .get(8)
            .contains(
                "maxpoll is below minpoll; raise it (it is 10 unless given) or lower minpoll."),
        text);
    assertEquals(written, lines.get(9), "what is refused changes nothing");
    assertEquals(lines.get(1), lines.get(13), "the same modules after the restart");
    assertEquals("unresolved {}", lines.get(14));
    assertTrue(lines.get(15).contains("<clock-stratum>"), text);
    assertEquals(children(written), children(lines.get(16)), "kept over the restart");
    assertEquals("CONFIGURATION nothing", lines.get(18));
    assertEquals(lines.get(1), lines.get(21), "the same modules to who is called home");
    assertEquals("unresolved {}", lines.get(22));
  }

  /// OpenDaylight orders children by their hash.
  private static List<String> children(String line) {
    return Stream.of(line.split("(?=<)")).sorted().toList();
  }

  /// All modules that the agent is made with, as the controller prints them.
  private static List<String> published() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../yang/target/classes/META-INF/yang"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".yang", ""))
          .sorted()
          .toList();
    }
  }
}
