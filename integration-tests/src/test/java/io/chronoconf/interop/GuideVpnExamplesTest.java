package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Examples 10 and 11 of the configuration guide: a provider's edge router takes time from a
/// customer's, which it reaches in a VPN instance only. The instance is a network namespace.
class GuideVpnExamplesTest {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);
  private static final int SYNCHRONIZED_WITHIN_SECONDS = 150;

  @TempDir private Path folder;

  @Test
  void anEdgeRouterIsTheClientOfACustomer() throws IOException, InterruptedException {
    example("10-vpn-client-server", "pe2");
  }

  @Test
  void anEdgeRouterIsTheActivePeerOfACustomer() throws IOException, InterruptedException {
    example("11-vpn-symmetric", "pe1");
  }

  private void example(String name, String edge) throws IOException, InterruptedException {
    try (Network network = Network.of("pe", "vpn1", "ce1")) {
      network.cable("vpn1", "eth0", "ce1", "eth0");
      network.address("vpn1", "eth0", "10.1.1.2/24");
      network.address("ce1", "eth0", "10.1.1.1/24");
      try (AgentProcess customer = agent(network, "ce1", "0");
          AgentProcess provider = agent(network, "pe", "0.2")) {
        customer.device(PUSH_LIMIT, "push", file(name, "ce1.config.xml"));
        provider.device(PUSH_LIMIT, "push", inInstance(name, edge, network.host("vpn1")));
        provider.device(
            Duration.ofSeconds(SYNCHRONIZED_WITHIN_SECONDS + 30),
            "expect",
            file(name, edge + ".expect.xml"),
            Integer.toString(SYNCHRONIZED_WITHIN_SECONDS));
        provider.device(PUSH_LIMIT, "trace", file(name, edge + ".trace.reply.xml"));
      }
    }
  }

  /// The namespaces of a test have names of their own.
  private String inInstance(String example, String edge, String osName) throws IOException {
    String payload = Files.readString(Path.of(file(example, edge + ".config.xml")));
    Path named = folder.resolve("edge.config.xml");
    Files.writeString(
        named,
        payload.replace(
            "<vpn-instance xmlns=\"urn:chronoconf:yang:vpn\"/>",
            "<vpn-instance xmlns=\"urn:chronoconf:yang:vpn\"><os-name>"
                + osName
                + "</os-name></vpn-instance>"));
    return named.toString();
  }

  private AgentProcess agent(Network network, String host, String offset)
      throws IOException, InterruptedException {
    return AgentProcess.firstStart(
        command -> network.start(host, command),
        folder.resolve("state-" + host),
        List.of("--ntp-port", "123", "--clock-offset", offset, "--clock-frequency", "-8e-6"));
  }

  private static String file(String example, String name) {
    return AgentProcess.resource("guide/" + example + "/" + name).toString();
  }
}
