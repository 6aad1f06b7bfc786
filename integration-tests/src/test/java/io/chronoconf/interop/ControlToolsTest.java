package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees who looks at the agent with ntpsec's tools.
class ControlToolsTest {
  private static final Duration TOOL_LIMIT = Duration.ofSeconds(60);
  private static final String AGENT = "10.77.0.2";
  private static final String FOLLOW =
      """
      <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
        <iburst>true</iburst></unicast-configuration>
      """;
  private static final String REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";

  @TempDir private Path folder;

  @Test
  void theToolsShowAnAgentThatFollowsAServer() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", AGENT + "/24");
        AgentProcess agent = agent(network, FOLLOW)) {
      network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
      agent.awaitSynchronized(90);
      for (int i = 0; i < 3; i++) {
        RunningProgram ntpdig =
            network.start("a", List.of(Peers.program("ntpdig").toString(), AGENT));
        assertEquals(0, ntpdig.await(TOOL_LIMIT), ntpdig.output());
      }
      showsWhoWasHeard(network);
      showsCounters(network);
      showsThePeer(network);
      showsTheMonitor(network);
      agent.stop();
    }
  }

  private static void showsWhoWasHeard(Network network) throws IOException, InterruptedException {
    String clients = ntpq(network, "mrulist");
    // Age, mean interval, restrictions, limited, mode, version, count, score, drops, port, address.
    Pattern row =
        Pattern.compile("(?m)^ +\\d+ +[\\d.]+ +0 \\. 6 2 +\\d+ +- +\\d+ +\\d+ 10\\.77\\.0\\.1$");
    assertTrue(row.matcher(clients).find(), clients);
    assertTrue(clients.contains("# Collected 1 slots"), clients);
    String nobody = ntpq(network, "mrulist mincount=1000000");
    assertTrue(nobody.contains("# Collected 0 slots"), nobody);
    String refused = ntpq(network, "mrulist laddr=nonsense");
    assertTrue(refused.contains("BADFMT"), refused);
  }

  private static void showsCounters(Network network) throws IOException, InterruptedException {
    for (String command : List.of("sysinfo", "sysstats", "monstats")) {
      String shown = ntpq(network, command);
      assertFalse(shown.contains("?"), shown);
      assertFalse(shown.contains("nknown variable"), shown);
    }
    String system = ntpq(network, "sysinfo");
    assertTrue(system.contains("10.77.0.1:123"), system);
    assertTrue(system.contains("client"), system);
    String packets = ntpq(network, "sysstats");
    assertTrue(Pattern.compile("current version: +[1-9]\\d*").matcher(packets).find(), packets);
    assertTrue(Pattern.compile("processed for time: +[1-9]\\d*").matcher(packets).find(), packets);
    String table = ntpq(network, "monstats");
    assertTrue(Pattern.compile("addresses in use: +1\\b").matcher(table).find(), table);
    assertTrue(Pattern.compile("maximum addresses: +32768").matcher(table).find(), table);
    String sockets = ntpq(network, "iostats");
    assertTrue(Pattern.compile("packets sent: +[1-9]\\d*").matcher(sockets).find(), sockets);
    String keys = ntpq(network, "authinfo");
    assertTrue(Pattern.compile("stored keys: +0").matcher(keys).find(), keys);
    String kernel = ntpq(network, "kerninfo");
    assertTrue(kernel.contains("pll offset"), kernel);
  }

  private static void showsThePeer(Network network) throws IOException, InterruptedException {
    for (String command : List.of("lpeers", "apeers", "peers")) {
      String shown = ntpq(network, command);
      assertTrue(shown.contains("10.77.0.1"), shown);
    }
    // It leaves out the names that its heading promises.
    String rows = ntpq(network, "rpeers");
    assertTrue(Pattern.compile("(?m)^ +3 u +\\S+ +64 +[1-7]").matcher(rows).find(), rows);
    String old = ntpq(network, "opeers");
    assertTrue(
        Pattern.compile("\\*10\\.77\\.0\\.1 +10\\.77\\.0\\.2 +3 u").matcher(old).find(), old);
    String associations = ntpq(network, "lassoc");
    assertTrue(associations.contains("sys.peer"), associations);
    String variables = ntpq(network, "rv &1");
    assertTrue(variables.contains("dstadr=10.77.0.2"), variables);
    assertTrue(variables.contains("flash=00 ok"), variables);
    assertTrue(variables.contains("filtdisp"), variables);
    assertFalse(variables.contains("org="), variables);
    String system = ntpq(network, "rv");
    assertTrue(system.contains("version=\"Chronoconf"), system);
    assertTrue(system.contains("system=\"Linux/"), system);
    String statistics = ntpq(network, "pstats &1");
    assertTrue(Pattern.compile("packets received: +[1-9]\\d*").matcher(statistics).find());
    String clock = ntpq(network, "cv &1");
    assertTrue(clock.contains("BADASSOC"), clock);
    String written = ntpq(network, "reslist");
    assertFalse(written.contains("Traceback"), written);
  }

  private void showsTheMonitor(Network network) throws IOException, InterruptedException {
    String monitor = Peers.program("ntpmon") + " -n " + AGENT;
    try (Screen screen = Screen.start(network, "a", folder.resolve("tmux"), monitor)) {
      String shown =
          screen.await(text -> text.contains("lstint") && text.contains("Updated"), TOOL_LIMIT);
      assertTrue(
          Pattern.compile("(?m)^\\*10\\.77\\.0\\.1 +127\\.127\\.1\\.1 +3 u").matcher(shown).find(),
          shown);
      assertTrue(Pattern.compile("(?m)^Chronoconf \\S+ +Updated: ").matcher(shown).find(), shown);
      assertTrue(
          Pattern.compile("(?m) 6 2 +\\d+ .* 10\\.77\\.0\\.1$").matcher(shown).find(), shown);
      screen.press("d");
      String detail = screen.await(text -> text.contains("filtdisp"), TOOL_LIMIT);
      assertTrue(detail.contains("dstadr=10.77.0.2:0 srcadr=10.77.0.1:123"), detail);
    }
  }

  @Test
  void theToolsShowAnAgentThatIsTheReference() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", AGENT + "/24");
        AgentProcess agent = agent(network, REFERENCE)) {
      String peers = ntpq(network, "peers");
      assertTrue(
          Pattern.compile("\\*LOCAL\\(\\d\\) +\\.LOCL\\. +1 l +\\S+ +64 +[1-7]")
              .matcher(peers)
              .find(),
          peers);
      String clock = ntpq(network, "cv &1");
      assertTrue(clock.contains("device=\"local clock\""), clock);
      assertTrue(clock.contains("stratum=1"), clock);
      String system = ntpq(network, "rv");
      assertTrue(system.contains("sync_local"), system);
      String trace = Daemons.ntptrace(network, "a", AGENT);
      assertTrue(trace.contains(AGENT + ": stratum 2, offset 0.000000"), trace);
      agent.stop();
    }
  }

  private static String ntpq(Network network, String command)
      throws IOException, InterruptedException {
    RunningProgram ntpq =
        network.start("a", List.of(Peers.program("ntpq").toString(), "-n", "-c", command, AGENT));
    ntpq.await(TOOL_LIMIT);
    String shown = ntpq.output();
    assertFalse(shown.contains("Traceback"), shown);
    return shown;
  }

  private AgentProcess agent(Network network, String configuration)
      throws IOException, InterruptedException {
    AgentProcess agent = AgentProcess.on(network, "b", folder, "0");
    agent.commitNtp(configuration);
    return agent;
  }
}
