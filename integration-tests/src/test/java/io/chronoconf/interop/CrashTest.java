package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was answered with `<ok/>` is there after `kill -9`, wherever in a stream of commits it
/// struck.
class CrashTest {
  private static final int KILLS = 50; // and one more start, which checks the last
  private static final long SEED = 20_261_123L;

  @TempDir private Path folder;

  @Test
  void lastAnsweredCommitSurvivesKill() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStart(
                command -> network.start("a", command),
                folder.resolve("state"),
                List.of("--ntp-port", "123"))) {
      long answered = 0;
      for (int kill = 0; kill <= KILLS; kill++) {
        answered = strike(agent, random, answered, kill);
        agent.restart();
      }
      agent.stop();
    }
  }

  /// Checks what is there, commits some more and kills the agent; returns what was answered last.
  private static long strike(AgentProcess agent, SplittableRandom random, long answered, int kill)
      throws IOException, InterruptedException {
    try (RunningProgram stream = agent.startDevice("stream")) {
      int commits = random.nextInt(1, 12);
      stream.awaitOutput(text -> text.lines().count() > commits, Duration.ofSeconds(60));
      Thread.sleep(random.nextInt(20)); // strike somewhere within a commit
      agent.kill();
      // ncclient would wait for its timeout. An answer that it has not printed by now counts as not
      // given, which the check allows for.
      Thread.sleep(200);
      stream.kill();
      long found = found(stream);
      // One more may have been written to disk without its answer getting out.
      assertTrue(
          found == answered || found == answered + 1,
          "seed " + SEED + ", kill " + kill + ": " + answered + " was answered, found " + found);
      return last(stream);
    }
  }

  private static long found(RunningProgram stream) throws IOException {
    String first = stream.output().lines().findFirst().orElseThrow();
    return Long.parseLong(first.replace("found ", ""));
  }

  /// The last number that was printed whole; the kill leaves an error text of ncclient behind it.
  private static long last(RunningProgram stream) throws IOException {
    return stream
        .output()
        .lines()
        .filter(line -> line.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(0);
  }
}
