package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent and chronyd tell each other when their packets really left (RFC 9769).
class InterleavedPeersTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Pattern OFFSET = Pattern.compile("\\boffset=(-?[0-9.]+)");
  private static final String REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";

  @TempDir private Path folder;

  @FunctionalInterface
  private interface Look {
    String look() throws IOException, InterruptedException;
  }

  /// Looks again and again until it sees that.
  private static String await(String wanted, Look look) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String seen = look.look();
    while (!seen.contains(wanted) && System.nanoTime() < deadline) {
      seen = look.look();
    }
    assertTrue(seen.contains(wanted), seen);
    return seen;
  }

  @Test
  void chronydAnswersTheAgentInterleaved() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
      agent.commitNtp(association("uc-server", "10.77.0.1"));
      agent.awaitSynchronized(90);
      assertNear(await("xleave=1", () -> variables(network, "b")));
      agent.stop();
    }
  }

  @Test
  void theAgentAnswersChronydInterleaved() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(REFERENCE);
      network.start(
          "b", Daemons.chronyd(folder, "server 10.77.0.1 iburst minpoll 1 maxpoll 1 xleave\n"));
      await("Interleaved     : Yes", () -> ntpdata(network, "b"));
      agent.stop();
    }
  }

  @Test
  void theAgentAndChronydAreInterleavedPeers() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(REFERENCE + association("uc-peer", "10.77.0.2"));
      network.start("b", Daemons.chronyd(folder, "peer 10.77.0.1 minpoll 3 maxpoll 3 xleave\n"));
      await("Interleaved     : Yes", () -> ntpdata(network, "b"));
      agent.stop();
    }
  }

  @Test
  void theAgentFollowsAnInterleavedPeerPassively() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      agent.commitNtp("");
      network.start(
          "a",
          Daemons.chronyd(folder, "local stratum 3\npeer 10.77.0.2 minpoll 3 maxpoll 3 xleave\n"));
      agent.awaitSynchronized(200);
      assertNear(await("xleave=1", () -> variables(network, "b")));
      await("Interleaved     : Yes", () -> ntpdata(network, "a"));
      agent.stop();
    }
  }

  /// All namespaces have the host's clock, and a virtual one that follows must show it.
  private static void assertNear(String variables) {
    Matcher matcher = OFFSET.matcher(variables);
    assertTrue(matcher.find(), variables);
    assertEquals(0, Double.parseDouble(matcher.group(1)), 5.0, variables);
  }

  /// What the agent says of its first association.
  private static String variables(Network network, String host)
      throws IOException, InterruptedException {
    return output(network, host, Peers.program("ntpq").toString(), "-c", "rv &1", "127.0.0.1");
  }

  private String ntpdata(Network network, String host) throws IOException, InterruptedException {
    return output(
        network,
        host,
        Peers.program("chronyc").toString(),
        "-n",
        "-h",
        Daemons.chronydSocket(folder).toString(),
        "ntpdata");
  }

  private static String output(Network network, String host, String... command)
      throws IOException, InterruptedException {
    RunningProgram program = network.start(host, List.of(command));
    program.await(Duration.ofSeconds(60));
    return program.output();
  }

  private static String association(String type, String address) {
    return """
    <unicast-configuration><address>%s</address><type>ntp:%s</type><minpoll>4</minpoll>
    </unicast-configuration>
    """
        .formatted(address, type);
  }
}
