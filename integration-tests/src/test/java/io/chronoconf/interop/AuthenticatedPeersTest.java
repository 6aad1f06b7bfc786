package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent and other daemons share keys: the first of MD5, the second of SHA-1, the third of
/// AES-CMAC.
class AuthenticatedPeersTest {
  private static final String KEY_HEX = "00112233445566778899AABBCCDDEEFF";
  private static final String REFERENCE =
      "<refclock-master><master-stratum>2</master-stratum></refclock-master>";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agentFollowsChronyd(int key) throws IOException, InterruptedException {
    agentFollows(key, Daemons.chronyd(folder, keysOfChronyd() + "local stratum 3\nallow all\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agentFollowsNtpsec(int key) throws IOException, InterruptedException {
    agentFollows(key, Daemons.ntpd(folder, keysOfNtpd()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void chronydTakesTimeFromTheAgent(int key) throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(keys() + REFERENCE);
      String server = "server 10.77.0.1 iburst key " + key + "\n";
      RunningProgram chronyd =
          network.start("b", Daemons.chronyd(folder, keysOfChronyd() + server));
      chronyd.awaitOutput(
          text -> text.contains("Selected source 10.77.0.1"), Duration.ofSeconds(60));
      agent.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void ntpsecTakesTimeFromTheAgent(int key) throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "a", folder, "0.35")) {
      agent.commitNtp(keys() + REFERENCE);
      String server = "server 10.77.0.1 iburst key " + key + "\n";
      network.start("b", Daemons.ntpd(folder, keysOfNtpd() + server));
      Daemons.awaitNtpdFollows(network, "b", "10.77.0.1");
      agent.stop();
    }
  }

  private void agentFollows(int key, List<String> daemon) throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.77.0.1/24", "10.77.0.2/24");
        AgentProcess agent = AgentProcess.on(network, "b", folder, "0.35")) {
      network.start("a", daemon);
      agent.commitNtp(
          keys()
              + """
              <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
                <authentication><keyid>%d</keyid></authentication><iburst>true</iburst>
              </unicast-configuration>
              """
                  .formatted(key));
      agent.awaitSynchronized(90);
      agent.expectNtp(
          1,
          """
          <associations><association>
            <authentication>%d</authentication>
            <ccn:authentication-state>success</ccn:authentication-state>
          </association></associations>
          """
              .formatted(key));
      agent.stop();
    }
  }

  private static String keys() {
    StringBuilder keys = new StringBuilder("<authentication><auth-enabled>true</auth-enabled>");
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
    return keys.append("</authentication>").toString();
  }

  private String keysOfChronyd() throws IOException {
    Path file = folder.resolve("chrony.keys");
    Files.writeString(
        file, "1 MD5 HEX:%1$s%n2 SHA1 HEX:%1$s%n3 AES128 HEX:%1$s%n".formatted(KEY_HEX));
    return "keyfile " + file + "\n";
  }

  private String keysOfNtpd() throws IOException {
    Path file = folder.resolve("ntp.keys");
    Files.writeString(file, "1 MD5 %1$s%n2 SHA1 %1$s%n3 AES %1$s%n".formatted(KEY_HEX));
    return "keys " + file + "\ntrustedkey 1 2 3\n";
  }
}
