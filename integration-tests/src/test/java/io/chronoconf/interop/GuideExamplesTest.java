package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Examples 1 to 4 and 8 of the configuration guide: device A is its own reference of stratum 2,
/// device B follows it, as its client or as its passive peer, in the last one only with a key. Both
/// are configured by ncclient, each with a clock of its own.
class GuideExamplesTest {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);

  /// Usually 50; a frequency measured on a busy machine takes more exchanges.
  private static final int SYNCHRONIZED_WITHIN_SECONDS = 150;

  @TempDir private Path folder;

  @Test
  void deviceBFollowsDeviceAOverIpv4() throws IOException, InterruptedException {
    example("01-client-server-v4", "1.0.1.11/24", "1.0.1.12/24");
  }

  @Test
  void deviceBFollowsDeviceAOverIpv6() throws IOException, InterruptedException {
    example("02-client-server-v6", "3000::34/64", "3000::35/64");
  }

  @Test
  void deviceBIsThePassivePeerOfDeviceAOverIpv4() throws IOException, InterruptedException {
    example("03-symmetric-v4", "3.0.1.31/24", "3.0.1.32/24");
  }

  @Test
  void deviceBIsThePassivePeerOfDeviceAOverIpv6() throws IOException, InterruptedException {
    example("04-symmetric-v6", "3000::35/64", "3000::36/64");
  }

  @Test
  void deviceBFollowsDeviceAOnlyOnceItHasTheKey() throws IOException, InterruptedException {
    String name = "08-auth-client-server";
    try (Network network = Network.ofTwo("1.0.1.11/24", "1.0.1.12/24");
        AgentProcess a = agent(network, "a", folder.resolve("a.csv"), "0.02", "-4e-6");
        AgentProcess b = agent(network, "b", folder.resolve("b.csv"), "-0.35", "1.2e-5")) {
      a.device(PUSH_LIMIT, "push", file(name, "device-a.1.config.xml"));
      b.device(PUSH_LIMIT, "push", file(name, "device-b.config.xml"));
      Thread.sleep(40_000); // as long as it takes to be synchronized without a key
      b.device(PUSH_LIMIT, "expect", file(name, "device-b.before.expect.xml"), "1");
      a.device(PUSH_LIMIT, "push", file(name, "device-a.2.config.xml"));
      b.device(
          Duration.ofSeconds(SYNCHRONIZED_WITHIN_SECONDS + 30),
          "expect",
          file(name, "device-b.after.expect.xml"),
          Integer.toString(SYNCHRONIZED_WITHIN_SECONDS));
      a.stop();
      b.stop();
    }
  }

  private void example(String name, String addressOfA, String addressOfB)
      throws IOException, InterruptedException {
    Path clockOfA = folder.resolve("a.csv");
    Path clockOfB = folder.resolve("b.csv");
    try (Network network = Network.ofTwo(addressOfA, addressOfB);
        AgentProcess a = agent(network, "a", clockOfA, "0.02", "-4e-6");
        AgentProcess b = agent(network, "b", clockOfB, "-0.35", "1.2e-5")) {
      a.device(PUSH_LIMIT, "push", file(name, "device-a.config.xml"));
      b.device(PUSH_LIMIT, "push", file(name, "device-b.config.xml"));
      b.device(
          Duration.ofSeconds(SYNCHRONIZED_WITHIN_SECONDS + 30),
          "expect",
          file(name, "device-b.expect.xml"),
          Integer.toString(SYNCHRONIZED_WITHIN_SECONDS));
      Thread.sleep(10_000); // the clocks themselves are what is measured
      ClockComparison error = ClockComparison.of(clockOfA, clockOfB, 8);
      System.out.println(name + ": device B's clock against device A's: " + error);
      assertTrue(error.maximumSeconds() < 0.02, error.toString());
      a.stop();
      b.stop();
    }
  }

  private AgentProcess agent(
      Network network, String host, Path clockLog, String offset, String frequency)
      throws IOException, InterruptedException {
    return AgentProcess.firstStart(
        command -> network.start(host, command),
        folder.resolve("state-" + host),
        List.of(
            "--ntp-port",
            "123",
            "--clock-offset",
            offset,
            "--clock-frequency",
            frequency,
            "--clock-log",
            clockLog.toString()));
  }

  private static String file(String example, String name) {
    return AgentProcess.resource("guide/" + example + "/" + name).toString();
  }
}
