package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent and chronyd tell each other when their packets really left (RFC 9769).
class InterleavedPeersTest {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);
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
        AgentProcess agent = agent(network, "b")) {
      network.start("a", chronyd("local stratum 3\nallow all\n"));
      push(agent, association("uc-server", "10.77.0.1"));
      agent.device(Duration.ofMinutes(2), "synchronized", "90");
      assertNear(await("xleave=1", () -> variables(network, "b")));
      agent.stop();
    }
  }

  @Test
  void theAgentAnswersChronydInterleaved() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      push(agent, REFERENCE);
      network.start("b", chronyd("server 10.77.0.1 iburst minpoll 1 maxpoll 1 xleave\n"));
      await("Interleaved     : Yes", () -> ntpdata(network, "b"));
      agent.stop();
    }
  }

  @Test
  void theAgentAndChronydAreInterleavedPeers() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      push(agent, REFERENCE + association("uc-peer", "10.77.0.2"));
      network.start("b", chronyd("peer 10.77.0.1 minpoll 3 maxpoll 3 xleave\n"));
      await("Interleaved     : Yes", () -> ntpdata(network, "b"));
      agent.stop();
    }
  }

  @Test
  void theAgentFollowsAnInterleavedPeerPassively() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "b")) {
      push(agent, "");
      network.start("a", chronyd("local stratum 3\npeer 10.77.0.2 minpoll 3 maxpoll 3 xleave\n"));
      agent.device(LIMIT, "synchronized", "200");
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
        socket().toString(),
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

  private void push(AgentProcess agent, String ntp) throws IOException, InterruptedException {
    String config =
        """
        <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
          <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
            xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp">%s</ntp></config>
        """
            .formatted(ntp);
    String file = Files.writeString(folder.resolve("push.xml"), config).toString();
    agent.device(PUSH_LIMIT, "push", file);
  }

  private AgentProcess agent(Network network, String host)
      throws IOException, InterruptedException {
    return AgentProcess.firstStart(
        command -> network.start(host, command),
        folder.resolve("state"),
        List.of("--ntp-port", "123", "--clock-offset", "0.35", "--clock-frequency", "1.2e-5"));
  }

  private Path socket() {
    return folder.resolve("chrony-run").resolve("chronyd.sock");
  }

  private List<String> chronyd(String configuration) throws IOException {
    Path file = folder.resolve("chrony.conf");
    Path run = folder.resolve("chrony-run");
    // It opens no command socket where others may come.
    Files.createDirectory(
        run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    Files.writeString(
        file,
        configuration
            + "cmdport 0\nbindcmdaddress "
            + socket()
            + "\npidfile "
            + run.resolve("chronyd.pid")
            + "\ndriftfile "
            + run.resolve("drift")
            + "\n");
    return List.of(
        Peers.program("chronyd").toString(), "-d", "-x", "-u", "root", "-f", file.toString());
  }
}
