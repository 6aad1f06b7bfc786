package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which addresses the agent speaks from, which it listens on, and whom it finds by name.
class SourcesTest {
  private static final String REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";
  private static final String INTERFACES =
      """
      <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"
        xmlns:ianaift="urn:ietf:params:xml:ns:yang:iana-if-type">
        <interface><name>eth0</name><type>ianaift:ethernetCsmacd</type></interface>
        <interface><name>lo</name><type>ianaift:softwareLoopback</type></interface></interfaces>
      """;

  @TempDir private Path folder;

  @Test
  void answersComeFromTheAddressThatWasAsked() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0")) {
      network.address("a", "eth0", "10.77.0.9/24");
      network.address("a", "lo", "10.9.9.9/32");
      network.ip("b", "route", "add", "10.9.9.9", "via", "10.77.0.1");
      agent.commitNtp(REFERENCE);
      RunningProgram capture = Daemons.tcpdump(network, "b", "eth0");
      for (String asked : List.of("10.77.0.1", "10.77.0.9", "10.9.9.9")) {
        assertTrue(ntpdig(network, asked).contains(asked + " s2"));
        Pattern answer =
            Pattern.compile(" " + Pattern.quote(asked) + "\\.123 > 10\\.77\\.0\\.2\\.\\d+: NTPv");
        capture.awaitOutput(text -> answer.matcher(text).find(), Duration.ofSeconds(10));
      }
      agent.stop();
    }
  }

  @Test
  void anAssociationSpeaksFromItsSourceInterface() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      network.address("b", "lo", "10.9.9.9/32");
      network.ip("a", "route", "add", "10.9.9.9", "via", "10.77.0.2");
      network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
      RunningProgram capture = Daemons.tcpdump(network, "a", "eth0");
      agent.commit(
          INTERFACES
              + AgentProcess.ntp(
                  """
                  <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
                    <iburst>true</iburst><source>lo</source></unicast-configuration>
                  """));
      agent.awaitSynchronized(90);
      agent.expectNtp(
          1,
          """
          <associations><association><address>10.77.0.1</address>
            <ccn:source-interface>lo</ccn:source-interface></association></associations>
          """);
      String seen = capture.output();
      assertTrue(seen.contains("10.9.9.9."), seen);
      assertFalse(Pattern.compile(" 10\\.77\\.0\\.2\\.\\d+ >").matcher(seen).find(), seen);
      agent.stop();
    }
  }

  @Test
  void aDisabledInterfaceAnswersNobody() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0")) {
      network.address("a", "eth0", "fd77::1/64");
      network.address("b", "eth0", "fd77::2/64");
      agent.commit(INTERFACES + AgentProcess.ntp(REFERENCE + inbound(false)));
      assertEquals("", ntpdig(network, "10.77.0.1"));
      assertTrue(ntpdig(network, "fd77::1").contains("fd77::1 s2"), "the other family is open");
      agent.commitNtp(inbound(true));
      assertTrue(ntpdig(network, "10.77.0.1").contains("10.77.0.1 s2"));
      agent.stop();
    }
  }

  private static String inbound(boolean isOpen) {
    return """
    <interfaces><interface><name>eth0</name>
      <ccn:inbound><ccn:ipv4>%s</ccn:ipv4></ccn:inbound></interface></interfaces>
    """
        .formatted(isOpen);
  }

  /// The same server address twice: each instance has its own way to it.
  @Test
  void twoInstancesHaveServersOfOneAddress() throws IOException, InterruptedException {
    try (Network network = Network.of("pe", "red", "blue", "ce1", "ce2")) {
      network.cable("red", "eth0", "ce1", "eth0");
      network.cable("blue", "eth0", "ce2", "eth0");
      for (String edge : List.of("red", "blue")) {
        network.address(edge, "eth0", "10.1.1.2/24");
      }
      for (String customer : List.of("ce1", "ce2")) {
        network.address(customer, "eth0", "10.1.1.1/24");
      }
      try (AgentProcess agent = AgentProcess.on(network, "pe", folder, "0.35")) {
        Path first = Files.createDirectory(folder.resolve("ce1"));
        Path second = Files.createDirectory(folder.resolve("ce2"));
        network.start("ce1", Daemons.chronyd(first, "local stratum 3\nallow all\n"));
        network.start("ce2", Daemons.chronyd(second, "local stratum 5\nallow all\n"));
        agent.commit(
            "<network-instances xmlns=\"urn:ietf:params:xml:ns:yang:ietf-network-instance\">"
                + instance("red", network.host("red"))
                + instance("blue", network.host("blue"))
                + "</network-instances>"
                + AgentProcess.ntp(server("red") + server("blue")));
        agent.awaitSynchronized(90);
        agent.expectNtp(60, session("red", 3));
        agent.expectNtp(60, session("blue", 5));
        agent.stop();
      }
    }
  }

  private static String instance(String name, String osName) {
    return """
    <network-instance><name>%s</name><vpn-instance xmlns="urn:chronoconf:yang:vpn">
      <os-name>%s</os-name></vpn-instance></network-instance>
    """
        .formatted(name, osName);
  }

  private static String server(String instance) {
    return """
    <ccn:extended-unicast-configuration><ccn:network-instance>%s</ccn:network-instance>
      <ccn:host>10.1.1.1</ccn:host><ccn:family>ipv4</ccn:family><ccn:type>ntp:uc-server</ccn:type>
      <ccn:iburst>true</ccn:iburst></ccn:extended-unicast-configuration>
    """
        .formatted(instance);
  }

  private static String session(String instance, int stratum) {
    return """
    <associations><ccn:session><ccn:address>10.1.1.1</ccn:address>
      <ccn:stratum>%d</ccn:stratum><ccn:network-instance>%s</ccn:network-instance>
    </ccn:session></associations>
    """
        .formatted(stratum, instance);
  }

  /// The name is unknown when the configuration comes, and later stands for a server.
  @Test
  void aNameIsFollowedOnceItIsKnown() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24")) {
      network.names("b", "127.0.0.1 localhost\n");
      try (AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
        network.start("a", Daemons.chronyd(folder, "local stratum 3\nallow all\n"));
        agent.commitNtp(
            """
            <ccn:extended-unicast-configuration>
              <ccn:network-instance>public</ccn:network-instance>
              <ccn:host>time.example</ccn:host><ccn:family>ipv4</ccn:family>
              <ccn:type>ntp:uc-server</ccn:type><ccn:iburst>true</ccn:iburst>
            </ccn:extended-unicast-configuration>
            """);
        network.names("b", "127.0.0.1 localhost\n10.77.0.1 time.example\n");
        agent.awaitSynchronized(150);
        agent.expectNtp(
            1,
            """
            <associations><association><address>10.77.0.1</address>
              <ccn:host-name>time.example</ccn:host-name></association></associations>
            """);
        agent.stop();
      }
    }
  }

  private static String ntpdig(Network network, String server)
      throws IOException, InterruptedException {
    RunningProgram ntpdig = network.start("b", List.of(Peers.program("ntpdig").toString(), server));
    return ntpdig.await(Duration.ofSeconds(60)) == 0 ? ntpdig.output() : "";
  }
}
