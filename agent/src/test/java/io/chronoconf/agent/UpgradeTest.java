package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A state folder that the release 0.1 wrote (its administrator's password is below), and folders
/// from the future.
class UpgradeTest {
  private static final String PASSWORD = "bf69z-ntb82-9a79z-935up";
  private static final List<String> FILES =
      List.of(
          "config/journal",
          "config/factory-default",
          "clock/ntp.state",
          "key-encryption.key",
          "ssh_host_ecdsa_key",
          "ssh_host_ed25519_key");

  @TempDir private Path folder;

  @BeforeEach
  void bringTheFolder() throws IOException {
    for (String name : FILES) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), written(name));
    }
  }

  private static byte[] written(String name) throws IOException {
    try (InputStream in = UpgradeTest.class.getResourceAsStream("state-0.1/" + name)) {
      return in.readAllBytes();
    }
  }

  private Agent start() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      port = socket.getLocalPort();
    }
    String[] options = {
      "--state=" + folder, "--netconf-port=0", "--ntp-address=127.0.0.1", "--ntp-port=" + port
    };
    if (CommandLine.parse(options) instanceof CommandLine.Run(AgentOptions run)) {
      return Agent.start(run);
    }
    throw new AssertionError("these options run the agent");
  }

  @Test
  void theFolderOfTheReleaseBeforeIsTakenOver() throws Exception {
    try (Agent agent = start();
        NetconfSshClient client =
            NetconfSshClient.connect(agent.netconfAddresses().getFirst(), "admin", PASSWORD)) {
      assertEquals(Optional.empty(), agent.newAdministrator());
      String running = client.request("<get-config><source><running/></source></get-config>");
      assertTrue(running.contains("<master-stratum>5</master-stratum>"), running);
      assertTrue(running.contains("<address>192.0.2.1</address>"), running);
      assertTrue(running.contains("<keyid>42</keyid>"), running);
      // A key that cannot be decrypted would have refused the configuration.
      assertTrue(
          client.request("<validate><source><running/></source></validate>").contains("<ok/>"));
    }
    assertTrue(text("clock/ntp.state").startsWith("chronoconf-ntp-state 2\n"));
    assertEquals(
        "chronoconf-key-encryption 2\n"
            + HexFormat.of().formatHex(written("key-encryption.key"))
            + "\n",
        text("key-encryption.key"));
    for (String key : List.of("ssh_host_ecdsa_key", "ssh_host_ed25519_key")) {
      assertEquals(
          "chronoconf-host-key 2\n" + new String(written(key), StandardCharsets.US_ASCII),
          text(key));
    }
    // And what was migrated is read again.
    try (Agent again = start();
        NetconfSshClient client =
            NetconfSshClient.connect(again.netconfAddresses().getFirst(), "admin", PASSWORD)) {
      String running = client.request("<get-config><source><running/></source></get-config>");
      assertTrue(running.contains("<keyid>42</keyid>"), running);
    }
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private void assertRefused(String name, String found, String known) throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve(name));
    StartException refused = assertThrows(StartException.class, () -> start().close());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(folder.resolve(name).toString()), message);
    assertTrue(message.contains("version " + found) && message.contains(known), message);
    assertTrue(message.contains("newer agent that wrote it"), message);
    assertArrayEquals(before, Files.readAllBytes(folder.resolve(name)), "it was touched");
  }

  @ParameterizedTest
  @CsvSource({
    "clock/ntp.state, chronoconf-ntp-state",
    "key-encryption.key, chronoconf-key-encryption",
    "ssh_host_ecdsa_key, chronoconf-host-key",
    "ssh_host_ed25519_key, chronoconf-host-key"
  })
  void aFileOfANewerAgentIsRefusedAndNotTouched(String name, String title) throws Exception {
    Files.writeString(folder.resolve(name), title + " 3\nsomething that nobody knows yet\n");
    assertRefused(name, "3", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config/journal", "config/factory-default"})
  void aConfigurationOfANewerAgentIsRefusedAndNotTouched(String name) throws Exception {
    byte[] bytes = written(name);
    ByteBuffer.wrap(bytes).putInt(8, 2);
    Files.write(folder.resolve(name), bytes);
    assertRefused(name, "2", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "too short",
        "chronoconf-key-encryption 2\n",
        "chronoconf-key-encryption 2\nzz\n",
        "chronoconf-key-encryption two\n00\n",
        "chronoconf-key-encryption 1\n00\n"
      })
  void aDamagedKeyFileIsNoNewOne(String content) throws Exception {
    Files.writeString(folder.resolve("key-encryption.key"), content);
    StartException refused = assertThrows(StartException.class, () -> start().close());
    assertTrue(String.valueOf(refused.getMessage()).contains("key-encryption.key"));
    assertEquals(content, text("key-encryption.key"));
  }
}
