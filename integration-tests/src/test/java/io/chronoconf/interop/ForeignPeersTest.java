package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The agent and the daemons that the world runs: each follows the other.
class ForeignPeersTest {
  private static final String FOLLOW_PEER =
      """
      <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
        <iburst>true</iburst></unicast-configuration>
      """;
  private static final String BE_THE_REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";
  private static final String PEER_OF_CHRONYD =
      """
      <refclock-master><master-stratum>2</master-stratum></refclock-master>
      <unicast-configuration><address>10.77.0.2</address><type>ntp:uc-peer</type>
        <minpoll>4</minpoll></unicast-configuration>
      """;

  @TempDir private Path folder;

  @Test
  void agentFollowsChronyd() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24")) {
      network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
      agentSynchronizes(network);
    }
  }

  @Test
  void agentFollowsNtpsec() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24")) {
      network.start("a", Daemons.ntpd(folder, ""));
      agentSynchronizes(network);
    }
  }

  @Test
  void ntpsecTakesTimeFromTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(BE_THE_REFERENCE);
      network.start("b", Daemons.ntpd(folder, "server 10.77.0.1 iburst\n"));
      Daemons.awaitNtpdFollows(network, "b", "10.77.0.1");
      agent.stop();
    }
  }

  @Test
  void chronydTakesTimeFromTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(BE_THE_REFERENCE);
      RunningProgram chronyd =
          network.start("b", Daemons.chronyd(folder, "server 10.77.0.1 iburst\n"));
      chronyd.awaitOutput(
          text -> text.contains("Selected source 10.77.0.1"), Duration.ofSeconds(60));
      agent.stop();
    }
  }

  @Test
  void agentIsThePassivePeerOfChronyd() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      agent.commitNtp("");
      network.start(
          "a", Daemons.chronyd(folder, "local stratum 3\npeer 10.77.0.2 minpoll 4 maxpoll 4\n"));
      agent.awaitSynchronized(200);
      agent.stop();
    }
  }

  @Test
  void chronydFollowsTheAgentAsItsPeer() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(PEER_OF_CHRONYD);
      RunningProgram chronyd =
          network.start("b", Daemons.chronyd(folder, "peer 10.77.0.1 minpoll 4 maxpoll 4\n"));
      chronyd.awaitOutput(
          text -> text.contains("Selected source 10.77.0.1"), Duration.ofMinutes(2));
      agent.stop();
    }
  }

  private static String ntpq(Network network, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Peers.program("ntpq").toString()));
    command.addAll(List.of(arguments));
    RunningProgram ntpq = network.start("a", command);
    ntpq.await(Duration.ofSeconds(60));
    return ntpq.output();
  }

  @Test
  void ntpqAndNtptraceReadTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
      agent.commitNtp(FOLLOW_PEER);
      agent.awaitSynchronized(90);
      String peers = ntpq(network, "-pn", "10.77.0.2");
      assertTrue(
          Pattern.compile("\\*10\\.77\\.0\\.1 +127\\.127\\.1\\.1 +3 u ").matcher(peers).find(),
          peers);
      String variables = ntpq(network, "-c", "rv", "10.77.0.2");
      assertTrue(variables.contains("stratum=4"), variables);
      assertTrue(variables.contains("refid=10.77.0.1"), variables);
      assertTrue(variables.contains("sync_ntp"), variables);
      String associations = ntpq(network, "-c", "as", "10.77.0.2");
      assertTrue(
          Pattern.compile("yes +yes +none +sys\\.peer").matcher(associations).find(), associations);
      String peer = ntpq(network, "-c", "rv &1", "10.77.0.2");
      assertTrue(peer.contains("srcadr=10.77.0.1"), peer);
      assertTrue(peer.contains("hmode=3"), peer);
      String trace = Daemons.ntptrace(network, "a", "10.77.0.2");
      assertTrue(trace.contains("10.77.0.2: stratum 4, offset"), trace);
      agent.commitNtp(FOLLOW_PEER + "<ccn:control-query-policy>deny</ccn:control-query-policy>");
      String refused = ntpq(network, "-pn", "10.77.0.2");
      assertTrue(refused.contains("timed out"), refused);
      agent.stop();
    }
  }

  @Test
  void ntpdigTakesTimeFromTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(BE_THE_REFERENCE);
      RunningProgram ntpdig =
          network.start("b", List.of(Peers.program("ntpdig").toString(), "10.77.0.1"));
      assertEquals(0, ntpdig.await(Duration.ofSeconds(30)), ntpdig.output());
      // Printed: date, offset from its own clock, error bound, server and stratum.
      Matcher line =
          Pattern.compile("([-+]\\d+\\.\\d+) \\+/- (\\d+\\.\\d+) 10\\.77\\.0\\.1 s2 no-leap")
              .matcher(ntpdig.output());
      assertTrue(line.find(), ntpdig.output());
      double offset = Double.parseDouble(line.group(1));
      double bound = Double.parseDouble(line.group(2));
      assertEquals(0.35, offset, bound + 0.001, "the agent runs 0.35 s ahead");
      agent.stop();
    }
  }

  @Test
  void theAgentAnswersOnlyThoseWhomItsListsPermit() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commit(accessFor("10.77.0.3/32"));
      assertEquals("", ntpdig(network), "who is not on the list gets no answer");
      agent.commit(accessFor("10.77.0.2/32"));
      assertTrue(ntpdig(network).contains("10.77.0.1 s2"));
      agent.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.1/24, 10.77.0.2/24, 10.77.0.1, 48, 46",
    "fd77::1/64, fd77::2/64, fd77::1, 56, 0"
  })
  void packetsAreMarkedAsConfigured(
      String addressOfA, String addressOfB, String server, int standard, int configured)
      throws IOException, InterruptedException {
    try (Network network = Network.ofTwo(addressOfA, addressOfB);
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(BE_THE_REFERENCE);
      assertEquals(standard << 2, mark(network, server));
      agent.commitNtp(
          BE_THE_REFERENCE + "<ccn:dscp><ccn:ipv4>46</ccn:ipv4><ccn:ipv6>0</ccn:ipv6></ccn:dscp>");
      assertEquals(configured << 2, mark(network, server));
      agent.stop();
    }
  }

  private static int mark(Network network, String server) throws IOException, InterruptedException {
    RunningProgram asking =
        network.start(
            "b",
            List.of(
                Peers.pythonWith("socket").toString(),
                Path.of("src/test/python/marks.py").toAbsolutePath().toString(),
                server,
                "123"));
    assertEquals(0, asking.await(Duration.ofSeconds(30)), asking.output());
    return Integer.parseInt(asking.output().strip());
  }

  private static String ntpdig(Network network) throws IOException, InterruptedException {
    RunningProgram ntpdig =
        network.start("b", List.of(Peers.program("ntpdig").toString(), "10.77.0.1"));
    return ntpdig.await(Duration.ofSeconds(60)) == 0 ? ntpdig.output() : "";
  }

  private static String accessFor(String source) {
    return """
    <acls xmlns="urn:ietf:params:xml:ns:yang:ietf-access-control-list"><acl><name>lan</name>
      <type>ipv4-acl-type</type><aces><ace><name>1</name>
      <matches><ipv4><source-ipv4-network>%s</source-ipv4-network></ipv4></matches>
      <actions><forwarding>accept</forwarding></actions></ace></aces></acl></acls>
    """
            .formatted(source)
        + AgentProcess.ntp(
            BE_THE_REFERENCE
                + """
                <access-rules><access-rule><access-mode>ntp:server-access-mode</access-mode>
                <acl>lan</acl></access-rule></access-rules>
                """);
  }

  private void agentSynchronizes(Network network) throws IOException, InterruptedException {
    try (AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      agent.commitNtp(FOLLOW_PEER);
      agent.awaitSynchronized(90);
      agent.stop();
    }
  }
}
