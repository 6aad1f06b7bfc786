package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line client of yuma123, which has SSH, framing and XML of its own.
///
/// It loads modules on command only: its own loading at login stops at the expressions in
/// if-feature that YANG 1.1 allows, and with it all of ietf-ntp.
class YangcliTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// create, merge and delete send edit-config to the candidate, save sends commit.
  private static final String EDITS =
      """
      mgrload ietf-system
      sget-config source=running /system
      merge /system/contact value="Ann"
      sget-config source=candidate /system/contact
      discard-changes
      sget-config source=candidate /system/contact
      lock target=candidate
      edit-config target=candidate default-operation=merge config=@NTP-XML
      create /system/location value="Rack 3"
      validate source=candidate
      commit
      unlock target=candidate
      sget-config source=running /system/location
      delete /system/location
      save
      sget-config source=running /system/location
      copy-config source=running target=candidate
      get-schema identifier=ietf-ntp version=2022-07-05 format=yang
      """;

  /// Commands, and what the error in the answer must say.
  private static final Map<String, String> REFUSALS =
      Map.of(
          "kill-session session-id=4711",
          "error-tag invalid-value",
          "get-schema identifier=ietf-ntp version=1999-01-01 format=yang",
          "There is no module ietf-ntp of revision 1999-01-01 here",
          "unlock target=running",
          "error-tag operation-failed",
          "delete /system/location",
          "error-tag data-missing");

  @TempDir private Path folder;

  @Test
  void itEditsAndIsRefused() throws IOException, InterruptedException {
    try (Network network = Network.ofTwo("10.81.0.1/24", "10.81.0.2/24");
        AgentProcess agent =
            AgentProcess.firstStart(
                command -> network.start("a", command), folder.resolve("state"), List.of())) {
      edits(
          run(
              network,
              agent,
              EDITS.replace("NTP-XML", AgentProcess.resource("yangcli/ntp.xml").toString())));
      for (Map.Entry<String, String> refusal : REFUSALS.entrySet()) {
        String printed = run(network, agent, "mgrload ietf-system\n" + refusal.getKey() + "\n");
        assertTrue(printed.contains("RPC Error Reply 1 "), printed);
        assertTrue(printed.contains(refusal.getValue()), printed);
      }
      agent.stop();
    }
  }

  private static void edits(String printed) {
    assertTrue(printed.contains("Protocol version set to: RFC 6241 (base:1.1)"), printed);
    assertTrue(printed.contains("Default target set to: <candidate>"), printed);
    assertTrue(printed.contains("ietf-ntp@2022-07-05"), printed);
    assertFalse(printed.contains("Script") || printed.contains("Error Reply"), printed);
    for (int reply = 1; reply <= 16; reply++) {
      String kind = List.of(1, 3, 5, 12, 15).contains(reply) ? "Data" : "OK";
      assertTrue(printed.contains("RPC " + kind + " Reply " + reply + " "), reply + printed);
    }
    assertTrue(printed.contains("location 'Rack 3'"), printed);
    assertEquals(2, printed.split("contact Ann", -1).length, "once, before the discard");
    assertTrue(printed.contains("grouping "), printed);
  }

  private String run(Network network, AgentProcess agent, String commands) throws IOException {
    Path script = Files.writeString(folder.resolve("commands"), commands);
    String yangcli =
        String.join(
            " ",
            Peers.program("yangcli").toString(),
            "--batch-mode",
            "--server=127.0.0.1 --ncport=8830 --user=admin --password=" + agent.password(),
            "--autoload=false",
            "--modpath=" + Path.of("../yang/target/classes/META-INF/yang").toRealPath(),
            "--run-script=" + script);
    // yangcli wants a terminal, and a home to write to.
    List<String> command =
        List.of(
            "/usr/bin/env",
            "HOME=" + folder,
            Peers.program("script").toString(),
            "-qec",
            yangcli,
            "/dev/null");
    try (RunningProgram program = network.start("a", command)) {
      assertEquals(0, program.await(LIMIT), program.output());
      return program.output();
    }
  }
}
