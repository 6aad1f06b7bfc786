package io.chronoconf.agent;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Runs an agent once, from its first start to its end, as the build does to make the AOT cache: on
/// ports of the system's choice, in a folder that is removed, with one NETCONF session.
public final class Rehearsal {
  private static final String EDIT =
      """
      <edit-config><target><candidate/></target><config>
        <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"><unicast-configuration>
          <address>127.0.0.1</address><type>uc-server</type><iburst>true</iburst><port>11125</port>
        </unicast-configuration></ntp>
      </config></edit-config>\
      """;

  private static final int KEY_PATIENCE_SECONDS = 60;

  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("chronoconf-rehearsal-");
    try {
      rehearse(folder);
    } finally {
      remove(folder);
    }
  }

  private static void rehearse(Path folder) throws Exception {
    String[] options = {
      "run",
      "--netconf-port",
      "0",
      "--ntp-address",
      "127.0.0.1",
      "--ntp-port",
      "11126",
      "--state",
      folder.toString()
    };
    if (!(CommandLine.parse(options) instanceof CommandLine.Run(AgentOptions run))) {
      throw new IllegalStateException("these options run the agent");
    }
    try (Agent agent = Agent.start(run)) {
      awaitLastKey(folder);
      if (!(agent.newAdministrator().orElseThrow()
          instanceof Administrator.WithPassword administrator)) {
        throw new IllegalStateException("there is no key file");
      }
      if (agent.nextSteps().isEmpty()) {
        throw new IllegalStateException("there is always something to say");
      }
      try (NetconfSshClient client =
          NetconfSshClient.connect(
              agent.netconfAddresses().getFirst(),
              Administrator.NAME,
              administrator.password().clear())) {
        for (String operation :
            List.of("<get/>", EDIT, "<commit/>", "<get/>", "<close-session/>")) {
          require(client.request(operation));
        }
      }
    }
  }

  /// The RSA key is made behind the start; without it the folder could not be removed in peace.
  private static void awaitLastKey(Path folder) throws IOException, InterruptedException {
    for (int i = 0; i < KEY_PATIENCE_SECONDS * 10; i++) {
      if (Files.exists(folder.resolve("ssh_host_rsa_key"))) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("no RSA key was made");
  }

  private static void require(String reply) throws IOException {
    if (reply.contains("<rpc-error")) {
      throw new IOException("the rehearsal was refused: " + reply);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
