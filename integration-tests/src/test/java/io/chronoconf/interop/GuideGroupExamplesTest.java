package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Examples 5, 6, 7 and 9 of the configuration guide: switch C tells the time to everybody, in a
/// VLAN or in a group whose packets switch B forwards. Each switch has a clock of its own.
class GuideGroupExamplesTest {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);
  private static final int SYNCHRONIZED_WITHIN_SECONDS = 150;
  private static final String VLAN2 = "Vlan-interface2";
  private static final String VLAN3 = "Vlan-interface3";

  @TempDir private Path folder;

  @Test
  void switchesFollowBroadcasts() throws IOException, InterruptedException {
    String name = "05-broadcast";
    try (Network network = vlan();
        AgentProcess a = agent(network, "a", "0.02");
        AgentProcess b = agent(network, "b", "-0.35");
        AgentProcess c = agent(network, "c", "0")) {
      push(a, name, "switch-a.config.xml");
      push(b, name, "switch-b.config.xml");
      push(c, name, "switch-c.config.xml");
      expect(a, name, "switch-a.expect.xml");
      expect(b, name, "switch-a.expect.xml");
    }
  }

  @Test
  void switchesFollowBroadcastsOnlyOnceTheyBearASeal() throws IOException, InterruptedException {
    String name = "09-auth-broadcast";
    try (Network network = vlan();
        AgentProcess a = agent(network, "a", "0.02");
        AgentProcess b = agent(network, "b", "-0.35");
        AgentProcess c = agent(network, "c", "0")) {
      push(a, name, "switch-a.config.xml");
      push(b, name, "switch-b.config.xml");
      push(c, name, "switch-c.1.config.xml");
      Thread.sleep(75_000); // more than one broadcast
      expectNow(b, name, "switch-b.before.expect.xml");
      push(c, name, "switch-c.2.config.xml");
      expect(b, name, "switch-b.after.expect.xml");
      expect(a, name, "switch-b.after.expect.xml");
    }
  }

  @Test
  void multicastsCrossARouter() throws IOException, InterruptedException {
    multicast("06-multicast-v4", "3.0.1.%s/24", "31", "32", "1.0.1.%s/24", "11", "224.0.1.1");
  }

  @Test
  void multicastsCrossARouterOverIpv6() throws IOException, InterruptedException {
    multicast("07-multicast-v6", "3000::%s/64", "2", "3", "2000::%s/64", "1", "ff24::1");
  }

  /// Switches A, B and C in VLAN 2, which is a bridge.
  private static Network vlan() throws IOException {
    Network network = Network.of("a", "b", "c", "vlan");
    network.cable("a", VLAN2, "vlan", "toA");
    network.cable("b", VLAN2, "vlan", "toB");
    network.cable("c", VLAN2, "vlan", "toC");
    network.bridge("vlan", "bridge", "toA", "toB", "toC");
    network.address("a", VLAN2, "3.0.1.30/24");
    network.address("b", VLAN2, "3.0.1.32/24");
    network.address("c", VLAN2, "3.0.1.31/24");
    return network;
  }

  /// Switches C and D in VLAN 2, switch A in VLAN 3, and switch B that routes between them.
  private void multicast(
      String name, String near, String c, String d, String far, String a, String group)
      throws IOException, InterruptedException {
    try (Network network = Network.of("a", "b", "c", "d")) {
      network.cable("c", VLAN2, "b", "toC");
      network.cable("d", VLAN2, "b", "toD");
      network.bridge("b", "vlan2", "toC", "toD");
      network.cable("a", VLAN3, "b", "vlan3");
      network.address("c", VLAN2, near.formatted(c));
      network.address("d", VLAN2, near.formatted(d));
      network.address("a", VLAN3, far.formatted(a));
      network.address("b", "vlan2", near.formatted("99"));
      network.address("b", "vlan3", far.formatted("99"));
      network.ip("a", "route", "add", "default", "via", host(far, "99"));
      network.ip("c", "route", "add", "default", "via", host(near, "99"));
      boolean isIpv4 = !group.contains(":");
      network.set("b", isIpv4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding", "1");
      forward(network, group);
      try (AgentProcess agentOfA = agent(network, "a", "0.02");
          AgentProcess agentOfC = agent(network, "c", "0");
          AgentProcess agentOfD = agent(network, "d", "-0.35")) {
        push(agentOfA, name, "switch-a.config.xml");
        push(agentOfD, name, "switch-d.config.xml");
        push(agentOfC, name, "switch-c.config.xml");
        expect(agentOfD, name, "switch-d.expect.xml");
        expect(agentOfA, name, "switch-a.expect.xml");
      }
    }
  }

  private static String host(String pattern, String number) {
    return pattern.substring(0, pattern.indexOf('/')).formatted(number);
  }

  /// Switch B's multicast routing: the kernel forwards, with one hop less to live.
  private void forward(Network network, String group) throws IOException {
    Path rules = folder.resolve("smcroute.conf");
    Files.writeString(
        rules,
        """
        phyint vlan2 enable
        phyint vlan3 enable
        mgroup from vlan2 group %s
        mroute from vlan2 group %s to vlan3
        """
            .formatted(group, group));
    network.start(
        "b",
        List.of(
            Peers.program("smcrouted").toString(),
            "-n",
            "-N",
            "-f",
            rules.toString(),
            "-I",
            network.host("b"),
            "-u",
            folder.resolve("smcroute.sock").toString()));
  }

  private AgentProcess agent(Network network, String host, String offset)
      throws IOException, InterruptedException {
    return AgentProcess.firstStart(
        command -> network.start(host, command),
        folder.resolve("state-" + host),
        List.of("--ntp-port", "123", "--clock-offset", offset, "--clock-frequency", "1.2e-5"));
  }

  private static void push(AgentProcess agent, String example, String name) throws IOException {
    agent.device(PUSH_LIMIT, "push", file(example, name));
  }

  private static void expectNow(AgentProcess agent, String example, String name)
      throws IOException {
    agent.device(PUSH_LIMIT, "expect", file(example, name), "1");
  }

  private static void expect(AgentProcess agent, String example, String name) throws IOException {
    agent.device(
        Duration.ofSeconds(SYNCHRONIZED_WITHIN_SECONDS + 30),
        "expect",
        file(example, name),
        Integer.toString(SYNCHRONIZED_WITHIN_SECONDS));
  }

  private static String file(String example, String name) {
    return AgentProcess.resource("guide/" + example + "/" + name).toString();
  }
}
