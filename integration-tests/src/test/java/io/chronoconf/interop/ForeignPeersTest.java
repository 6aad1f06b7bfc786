package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.params.provider.ValueSource;

/// The agent and the daemons that the world runs: each follows the other.
class ForeignPeersTest {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);
  private static final String FOLLOW_PEER =
      """
      <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
        <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
          xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp">
        <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
          <iburst>true</iburst></unicast-configuration></ntp></config>
      """;
  private static final String BE_THE_REFERENCE =
      """
      <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
        <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp">
        <refclock-master><master-stratum>2</master-stratum></refclock-master></ntp></config>
      """;

  private static final String SERVE =
      """
      <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
        <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"/></config>
      """;
  private static final String PEER_OF_CHRONYD =
      """
      <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
        <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
          xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp">
        <refclock-master><master-stratum>2</master-stratum></refclock-master>
        <unicast-configuration><address>10.77.0.2</address><type>ntp:uc-peer</type>
          <minpoll>4</minpoll></unicast-configuration></ntp></config>
      """;

  @TempDir private Path folder;

  @Test
  void agentFollowsChronyd() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24")) {
      network.start("a", chronyd("local stratum 3\nallow all\n"));
      agentSynchronizes(network);
    }
  }

  @Test
  void agentFollowsNtpsec() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24")) {
      Path configuration = folder.resolve("ntp.conf");
      Files.writeString(
          configuration,
          """
          disable ntp
          tos orphan 3 orphanwait 1 minclock 1 minsane 1
          unrestrict default noquery limited kod
          """);
      network.start(
          "a",
          List.of(Peers.program("ntpd").toString(), "-n", "-x", "-c", configuration.toString()));
      agentSynchronizes(network);
    }
  }

  /// Keys of both sides: of MD5, of SHA-1, and of AES-CMAC.
  private static final String KEY_HEX = "00112233445566778899AABBCCDDEEFF";

  private static String keys(String more) {
    StringBuilder keys = new StringBuilder();
    List<String> algorithms = List.of("md5", "sha-1", "aes-cmac");
    for (int id = 1; id <= algorithms.size(); id++) {
      keys.append(
          """
          <authentication-keys><keyid>%d</keyid><algorithm>ntp:%s</algorithm>
            <key><hexadecimal-string>%s</hexadecimal-string></key><istrusted>true</istrusted>
          </authentication-keys>
          """
              .formatted(id, algorithms.get(id - 1), KEY_HEX.replaceAll("(..)(?=.)", "$1:")));
    }
    return """
    <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
      <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
        xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp">
      <authentication><auth-enabled>true</auth-enabled>%s</authentication>%s</ntp></config>
    """
        .formatted(keys, more);
  }

  private String keysOfChronyd() throws IOException {
    Path file = folder.resolve("chrony.keys");
    Files.writeString(
        file, "1 MD5 HEX:%1$s%n2 SHA1 HEX:%1$s%n3 AES128 HEX:%1$s%n".formatted(KEY_HEX));
    return "keyfile " + file + "\n";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agentFollowsChronydWithAKey(int key) throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "b")) {
      network.start("a", chronyd(keysOfChronyd() + "local stratum 3\nallow all\n"));
      agent.device(
          PUSH_LIMIT,
          "push",
          written(
              keys(
                  """
                  <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
                    <authentication><keyid>%d</keyid></authentication><iburst>true</iburst>
                  </unicast-configuration>
                  """
                      .formatted(key))));
      agent.device(Duration.ofMinutes(2), "synchronized", "90");
      agent.device(
          PUSH_LIMIT,
          "expect",
          written(
              """
              <data xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
                <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
                  xmlns:ccn="urn:chronoconf:yang:ntp"><associations><association>
                  <authentication>%d</authentication>
                  <ccn:authentication-state>success</ccn:authentication-state>
                </association></associations></ntp></data>
              """
                  .formatted(key)),
          "1");
      agent.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void chronydTakesTimeFromTheAgentWithAKey(int key) throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      agent.device(
          PUSH_LIMIT,
          "push",
          written(keys("<refclock-master><master-stratum>2</master-stratum></refclock-master>")));
      RunningProgram chronyd =
          network.start(
              "b", chronyd(keysOfChronyd() + "server 10.77.0.1 iburst key " + key + "\n"));
      chronyd.awaitOutput(
          text -> text.contains("Selected source 10.77.0.1"), Duration.ofSeconds(60));
      agent.stop();
    }
  }

  @Test
  void chronydTakesTimeFromTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      agent.device(PUSH_LIMIT, "push", written(BE_THE_REFERENCE));
      RunningProgram chronyd = network.start("b", chronyd("server 10.77.0.1 iburst\n"));
      chronyd.awaitOutput(
          text -> text.contains("Selected source 10.77.0.1"), Duration.ofSeconds(60));
      agent.stop();
    }
  }

  @Test
  void agentIsThePassivePeerOfChronyd() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "b")) {
      agent.device(PUSH_LIMIT, "push", written(SERVE));
      network.start("a", chronyd("local stratum 3\npeer 10.77.0.2 minpoll 4 maxpoll 4\n"));
      agent.device(Duration.ofMinutes(4), "synchronized", "200");
      agent.stop();
    }
  }

  @Test
  void chronydFollowsTheAgentAsItsPeer() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      agent.device(PUSH_LIMIT, "push", written(PEER_OF_CHRONYD));
      RunningProgram chronyd = network.start("b", chronyd("peer 10.77.0.1 minpoll 4 maxpoll 4\n"));
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
        AgentProcess agent = agent(network, "b")) {
      network.start("a", chronyd("local stratum 3\nallow all\n"));
      agent.device(PUSH_LIMIT, "push", written(FOLLOW_PEER));
      agent.device(Duration.ofMinutes(2), "synchronized", "90");
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
      RunningProgram trace =
          network.start(
              "a",
              List.of(
                  "env",
                  // It calls ntpq by its name.
                  "PATH=" + Peers.program("ntpq").getParent() + ":/usr/bin:/bin",
                  Peers.program("ntptrace").toString(),
                  "-n",
                  "10.77.0.2"));
      trace.await(Duration.ofSeconds(60));
      assertTrue(trace.output().contains("10.77.0.2: stratum 4, offset"), trace.output());
      agent.device(
          PUSH_LIMIT,
          "push",
          written(
              FOLLOW_PEER.replace(
                  "<unicast-configuration>",
                  "<control-query-policy xmlns=\"urn:chronoconf:yang:ntp\">deny"
                      + "</control-query-policy><unicast-configuration>")));
      String refused = ntpq(network, "-pn", "10.77.0.2");
      assertTrue(refused.contains("timed out"), refused);
      agent.stop();
    }
  }

  @Test
  void ntpdigTakesTimeFromTheAgent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      agent.device(PUSH_LIMIT, "push", written(BE_THE_REFERENCE));
      RunningProgram ntpdig =
          network.start("b", List.of(Peers.program("ntpdig").toString(), "10.77.0.1"));
      assertEquals(0, ntpdig.await(Duration.ofSeconds(30)), ntpdig.output());
      // Printed: date, offset from its own clock, error bound, server and stratum.
      Matcher line =
          Pattern.compile("([-+]\\d+\\.\\d+) \\+/- (\\d+\\.\\d+) 10\\.77\\.0\\.1 s2 no-leap")
              .matcher(ntpdig.output());
      assertTrue(line.find(), ntpdig.output());
      double offset = Double.parseDouble(line.group(1));
      assertTrue(Math.abs(offset - 0.35) < 0.02, "the agent runs 0.35 s ahead: " + offset);
      agent.stop();
    }
  }

  @Test
  void theAgentAnswersOnlyThoseWhomItsListsPermit() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = agent(network, "a")) {
      agent.device(PUSH_LIMIT, "push", written(accessFor("10.77.0.3/32")));
      assertEquals("", ntpdig(network), "who is not on the list gets no answer");
      agent.device(PUSH_LIMIT, "push", written(accessFor("10.77.0.2/32")));
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
        AgentProcess agent = agent(network, "a")) {
      agent.device(PUSH_LIMIT, "push", written(BE_THE_REFERENCE));
      assertEquals(standard << 2, mark(network, server));
      agent.device(
          PUSH_LIMIT,
          "push",
          written(
              BE_THE_REFERENCE.replace(
                  "</refclock-master>",
                  "</refclock-master><dscp xmlns=\"urn:chronoconf:yang:ntp\"><ipv4>46</ipv4>"
                      + "<ipv6>0</ipv6></dscp>")));
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
    <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">
      <acls xmlns="urn:ietf:params:xml:ns:yang:ietf-access-control-list"><acl><name>lan</name>
        <type>ipv4-acl-type</type><aces><ace><name>1</name>
        <matches><ipv4><source-ipv4-network>%s</source-ipv4-network></ipv4></matches>
        <actions><forwarding>accept</forwarding></actions></ace></aces></acl></acls>
      <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
        xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp">
        <refclock-master><master-stratum>2</master-stratum></refclock-master>
        <access-rules><access-rule><access-mode>ntp:server-access-mode</access-mode>
        <acl>lan</acl></access-rule></access-rules></ntp></config>
    """
        .formatted(source);
  }

  private void agentSynchronizes(Network network) throws IOException, InterruptedException {
    try (AgentProcess agent = agent(network, "b")) {
      agent.device(PUSH_LIMIT, "push", written(FOLLOW_PEER));
      agent.device(Duration.ofMinutes(2), "synchronized", "90");
      agent.stop();
    }
  }

  private AgentProcess agent(Network network, String host)
      throws IOException, InterruptedException {
    return AgentProcess.firstStart(
        command -> network.start(host, command),
        folder.resolve("state"),
        List.of("--ntp-port", "123", "--clock-offset", "0.35", "--clock-frequency", "1.2e-5"));
  }

  private List<String> chronyd(String configuration) throws IOException {
    Path file = folder.resolve("chrony.conf");
    Path run = Files.createDirectories(folder.resolve("chrony-run"));
    Files.writeString(
        file,
        configuration
            + "cmdport 0\nbindcmdaddress /\npidfile "
            + run.resolve("chronyd.pid")
            + "\ndriftfile "
            + run.resolve("drift")
            + "\n");
    return List.of(
        Peers.program("chronyd").toString(), "-d", "-x", "-u", "root", "-f", file.toString());
  }

  private String written(String config) throws IOException {
    return Files.writeString(folder.resolve("push.xml"), config).toString();
  }
}
