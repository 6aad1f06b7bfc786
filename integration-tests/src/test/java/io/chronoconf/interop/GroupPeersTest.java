package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time for all who listen: from chronyd, over interfaces that come late, and from whoever answers
/// in a group.
class GroupPeersTest {
  private static final String REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";

  @TempDir private Path folder;

  @Test
  void agentFollowsTheBroadcastsOfChronyd() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      network.start(
          "a", Daemons.chronyd(folder, "local stratum 3\nallow all\nbroadcast 8 10.77.0.255\n"));
      agent.commit(
          etherInterface()
              + AgentProcess.ntp(
                  """
                  <interfaces><interface><name>eth0</name><broadcast-client/></interface>
                  </interfaces>
                  """));
      agent.expectNtp(
          120,
          """
          <clock-state><system-status>
            <clock-state>ntp:synchronized</clock-state><clock-stratum>4</clock-stratum>
            <associations-address>10.77.0.1</associations-address>
            <associations-local-mode>ntp:broadcast-client</associations-local-mode>
          </system-status></clock-state>
          """);
      agent.stop();
    }
  }

  @Test
  void manycastFindsServers() throws IOException, InterruptedException {
    manycast("10.77.0.1", "10.77.0.1/24", "10.77.0.2/24", "239.7.7.7");
  }

  @Test
  void manycastFindsServersOverIpv6() throws IOException, InterruptedException {
    manycast("fd77::1", "fd77::1/64", "fd77::2/64", "ff18::101");
  }

  private void manycast(String server, String addressOfA, String addressOfB, String group)
      throws IOException, InterruptedException {
    try (Network network = Network.ofTwo(addressOfA, addressOfB);
        AgentProcess serving = AgentProcess.on(network, "a", folder, "0");
        AgentProcess asking = AgentProcess.on(network, "b", folder, "0.35")) {
      serving.commit(etherInterface() + AgentProcess.ntp(manycastServer(group)));
      asking.commit(etherInterface() + AgentProcess.ntp(manycastClient(group)));
      asking.expectNtp(
          120,
          """
          <clock-state><system-status>
            <clock-state>ntp:synchronized</clock-state><clock-stratum>3</clock-stratum>
            <associations-address>%s</associations-address>
            <associations-isconfigured>false</associations-isconfigured>
          </system-status></clock-state>
          """
              .formatted(server));
      asking.stop();
      serving.stop();
    }
  }

  /// What names an interface that is not there takes effect when it appears. Packets have the
  /// configured hops to live and mark.
  @Test
  void multicastsBeginWhenTheInterfaceAppears() throws IOException, InterruptedException {
    try (Network network = Network.of("a", "b");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0")) {
      agent.commit(
          etherInterface()
              + AgentProcess.ntp(
                  REFERENCE
                      + """
                      <interfaces><interface><name>eth0</name>
                        <multicast-server><address>239.7.7.8</address><ttl>5</ttl>
                          <minpoll>4</minpoll></multicast-server></interface></interfaces>
                      <ccn:dscp><ccn:ipv4>46</ccn:ipv4></ccn:dscp>
                      """));
      network.cable("a", "eth0", "b", "eth0");
      network.address("a", "eth0", "10.77.0.1/24");
      network.address("b", "eth0", "10.77.0.2/24");
      Pattern packet =
          Pattern.compile(
              "tos 0xb8, ttl 5,[^\\n]*\\n +10\\.77\\.0\\.1\\.123 > 239\\.7\\.7\\.8\\.123");
      RunningProgram capture = Daemons.tcpdump(network, "b", "eth0");
      capture.awaitOutput(text -> packet.matcher(text).find(), Duration.ofSeconds(90));
      agent.stop();
    }
  }

  private static String manycastServer(String group) {
    return REFERENCE
        + """
        <interfaces><interface><name>eth0</name>
          <manycast-server><address>%s</address></manycast-server></interface></interfaces>
        """
            .formatted(group);
  }

  private static String manycastClient(String group) {
    return """
    <interfaces><interface><name>eth0</name>
      <manycast-client><address>%s</address><ttl>3</ttl><minclock>1</minclock>
        <maxclock>2</maxclock><beacon>4</beacon><minpoll>4</minpoll></manycast-client>
    </interface></interfaces>
    """
        .formatted(group);
  }

  private static String etherInterface() {
    return """
    <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"
      xmlns:ianaift="urn:ietf:params:xml:ns:yang:iana-if-type"><interface><name>eth0</name>
      <type>ianaift:ethernetCsmacd</type></interface></interfaces>
    """;
  }
}
