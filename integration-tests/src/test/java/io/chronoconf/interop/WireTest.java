package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames written by hand and sent with OpenSSH: what no client library sends (RFC 6242 section 4,
/// RFC 6241 sections 3, 4 and 8.1).
class WireTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void answersAreRightOctetByOctet() throws IOException, InterruptedException {
    Path key = folder.resolve("key");
    run(Peers.program("ssh-keygen").toString(), "-q", "-t", "ed25519", "-N", "", "-f", "" + key);
    try (Network network = Network.ofTwo("10.79.0.1/24", "10.79.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStartWithKey(
                command -> network.start("a", command), folder.resolve("state"), key + ".pub")) {
      List<String> command =
          List.of(
              "/usr/bin/python3",
              Path.of("src/test/python/wire.py").toAbsolutePath().toString(),
              "8830",
              "admin",
              key.toString());
      try (RunningProgram wire = network.start("a", command)) {
        int status = wire.await(LIMIT);
        assertEquals(0, status, wire.output());
      }
      agent.stop();
    }
  }

  private static void run(String... command) throws IOException {
    try (RunningProgram program = RunningProgram.start(List.of(command))) {
      int status = program.await(LIMIT);
      assertEquals(0, status, program.output());
    }
  }
}
