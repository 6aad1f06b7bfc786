package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every operation of ncclient with every option, in both framings, and what vendors' clients send.
class OperationsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void ncclientIsAnsweredAsTheStandardSays() throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "--writable-running",
            "--startup",
            "--url-folder",
            Files.createDirectory(folder.resolve("files")).toString());
    try (Network network = Network.ofTwo("10.82.0.1/24", "10.82.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStart(
                command -> network.start("a", command), folder.resolve("state"), options)) {
      List<String> command =
          List.of(
              Peers.pythonWith("ncclient").toString(),
              "-W",
              "ignore",
              Path.of("src/test/python/operations.py").toAbsolutePath().toString(),
              "8830",
              "admin",
              agent.password());
      try (RunningProgram operations = network.start("a", command)) {
        int status = operations.await(LIMIT);
        assertEquals(0, status, operations.output());
      }
      agent.stop();
    }
  }
}
