package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ansible's own NETCONF modules bring a device into a state, and change nothing the second time.
class AnsibleTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void aPlaybookIsIdempotent() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.78.0.1/24", "10.78.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStart(
                command -> network.start("a", command),
                folder.resolve("state"),
                List.of("--ntp-port", "123"))) {
      Path inventory = inventory(agent);
      String first = play(network, inventory);
      assertTrue(first.contains("changed=1 "), first);
      String second = play(network, inventory);
      assertTrue(second.contains("changed=0 "), second);
      agent.stop();
    }
  }

  private Path inventory(AgentProcess agent) throws IOException {
    return Files.writeString(
        folder.resolve("inventory.ini"),
        """
        [device]
        here ansible_host=127.0.0.1
        [device:vars]
        ansible_connection=ansible.netcommon.netconf
        ansible_network_os=default
        ansible_python_interpreter=/usr/bin/python3
        ansible_port=8830
        ansible_user=admin
        ansible_password=%s
        """
            .formatted(agent.password()));
  }

  private String play(Network network, Path inventory) throws IOException {
    List<String> command =
        List.of(
            "/usr/bin/env",
            "HOME=" + folder,
            "ANSIBLE_NETCONF_HOST_KEY_CHECKING=false",
            "ANSIBLE_HOST_KEY_CHECKING=false",
            "ANSIBLE_PERSISTENT_COMMAND_TIMEOUT=60",
            Peers.program("ansible-playbook").toString(),
            "-i",
            inventory.toString(),
            AgentProcess.resource("ansible/time-service.yml").toString());
    try (RunningProgram ansible = network.start("a", command)) {
      int status = ansible.await(LIMIT);
      assertEquals(0, status, ansible.output());
      return ansible.output();
    }
  }
}
