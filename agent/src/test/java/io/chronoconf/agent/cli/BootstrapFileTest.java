package io.chronoconf.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapFileTest {
  @TempDir Path folder;

  private AgentOptions read(String text, String... more) throws IOException, UsageException {
    Path file = Files.writeString(folder.resolve("agent.xml"), text);
    String[] arguments =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("--config", file.toString()),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new);
    return assertInstanceOf(CommandLine.Run.class, CommandLine.parse(arguments)).options();
  }

  /// The message without the name of the temporary folder.
  private String refusal(String text) {
    String message =
        String.valueOf(assertThrows(UsageException.class, () -> read(text)).getMessage());
    return message.replace(folder + "/", "");
  }

  @Test
  void everyElementReachesItsOption() throws Exception {
    AgentOptions options =
        read(
            """
            <?xml version="1.0"?>
            <chronoconf>
              <netconf><address>127.0.0.2</address><address>::1</address><port>0</port><recovery-user>rescue</recovery-user><writable-running>true</writable-running><startup>true</startup><url-folder>/tmp</url-folder><url-https>true</url-https><yang-dir>/tmp</yang-dir></netconf>
              <ntp>
                <address>10.0.0.1</address><port>123</port><transport>netty</transport>
                <hardware-stamps>off</hardware-stamps><server-threads>4</server-threads>
                <example-server>true</example-server>
                <example-server-port>12000</example-server-port>
              </ntp>
              <clock>
                <kind>virtual</kind><offset>-3.5</offset>
                <frequency-error>1e-5</frequency-error><log>/tmp/log</log>
              </clock>
              <state-folder>/tmp/state</state-folder>
              <administrator><public-key-file>~/key.pub</public-key-file></administrator>
              <limits>
                <message-bytes>65536</message-bytes><depth>20</depth><sessions>5</sessions>
                <login-seconds>7</login-seconds><idle-seconds>9</idle-seconds>
              <attributes>32</attributes><text>2048</text><subscriptions>4</subscriptions></limits>
              <log-level>debug</log-level>
            </chronoconf>
            """);
    AgentOptions same =
        assertInstanceOf(
                CommandLine.Run.class,
                CommandLine.parse(
                    "--netconf-address=127.0.0.2",
                    "--netconf-address=::1",
                    "--netconf-port=0",
                    "--recovery-user=rescue",
                    "--max-subscriptions=4",
                    "--max-attributes=32",
                    "--max-text=2048",
                    "--writable-running",
                    "--startup",
                    "--url-folder=/tmp",
                    "--url-https",
                    "--yang-dir=/tmp",
                    "--ntp-address=10.0.0.1",
                    "--ntp-port=123",
                    "--transport=netty",
                    "--hardware-stamps=off",
                    "--server-threads=4",
                    "--with-example-server",
                    "--example-server-port=12000",
                    "--clock=virtual",
                    "--clock-offset=-3.5",
                    "--clock-frequency=1e-5",
                    "--clock-log=/tmp/log",
                    "--state=/tmp/state",
                    "--admin-key=~/key.pub",
                    "--max-message-bytes=65536",
                    "--max-depth=20",
                    "--max-sessions=5",
                    "--login-seconds=7",
                    "--idle-seconds=9",
                    "--log-level=debug"))
            .options();
    assertEquals(same, options);
  }

  @Test
  void everySettingHasAnElement() throws Exception {
    for (Setting setting : Setting.values()) {
      String[] parts = setting.element().split("/", -1);
      String leaf = "<%s></%s>".formatted(parts[parts.length - 1], parts[parts.length - 1]);
      String text = parts.length == 1 ? leaf : "<%s>%s</%s>".formatted(parts[0], leaf, parts[0]);
      Path file = Files.writeString(folder.resolve("x"), "<chronoconf>" + text + "</chronoconf>");
      assertTrue(BootstrapFile.read(file).has(setting), setting.element());
    }
  }

  @Test
  void anOptionBeatsTheFile() throws Exception {
    String text =
        "<chronoconf><netconf><port>1</port><address>::1</address></netconf></chronoconf>";
    AgentOptions options = read(text, "--netconf-port", "2");
    assertEquals(2, options.netconf().port());
    assertEquals(List.of(InetAddress.ofLiteral("::1")), options.netconf().addresses());
  }

  @Test
  void anEmptyFileMeansEveryDefault() throws Exception {
    assertEquals(8830, read("<chronoconf/>").netconf().port());
    assertEquals(8830, read("<chronoconf><netconf/></chronoconf>").netconf().port());
  }

  @Test
  void aWrongValueIsToldWithItsPlace() {
    String message = refusal("<chronoconf>\n  <netconf><port>ten</port></netconf>\n</chronoconf>");
    assertTrue(
        message.matches(
            "agent.xml, line 2, column \\d+, <port>: \"ten\" is no port."
                + " Give a whole number from 0 to 65535."),
        message);
  }

  @Test
  void anEmptyValueIsToldWithItsElement() {
    assertTrue(refusal("<chronoconf><log-level/></chronoconf>").contains("<log-level>: \"\""));
  }

  @Test
  void anUnknownElementIsToldWithItsPlaceAndTheKnownOnes() {
    String message = refusal("<chronoconf>\n  <netconf><prt>1</prt></netconf>\n</chronoconf>");
    assertTrue(message.startsWith("agent.xml, line 2, column "), message);
    assertTrue(message.contains("unknown element <prt>. Known here: <address>, <port>"), message);
  }

  @Test
  void aSecondValueIsRefusedAndNotPreferred() {
    String message =
        refusal(
            "<chronoconf>\n<log-level>warn</log-level>\n<log-level>info</log-level>\n"
                + "</chronoconf>");
    assertTrue(message.startsWith("agent.xml, line 3"), message);
    assertTrue(message.contains("given twice"), message);
  }

  @Test
  void brokenXmlIsToldWithItsPlace() {
    String message = refusal("<chronoconf>\n  <netconf>\n</chronoconf>");
    assertTrue(message.startsWith("agent.xml, line 3, column "), message);
    assertTrue(message.endsWith("Mend the XML there."), message);
  }

  @Test
  void anElementInPlaceOfAValueIsToldWithItsPlace() {
    String message = refusal("<chronoconf>\n<log-level><x>1</x></log-level></chronoconf>");
    assertTrue(message.startsWith("agent.xml, line 2, column "), message);
  }

  @Test
  void aDocumentTypeIsRefused() {
    String message =
        refusal(
            "<!DOCTYPE chronoconf [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n"
                + "<chronoconf><log-level>&e;</log-level></chronoconf>");
    assertTrue(message.startsWith("agent.xml, line 1"), message);
    assertTrue(message.endsWith("a document type is not read. Leave it out."), message);
  }

  @Test
  void anotherRootElementIsRefused() {
    assertEquals(
        "agent.xml, line 1, column 1: the root element is <agent>. It must be <chronoconf>.",
        refusal("<agent/>"));
  }

  @Test
  void aMissingFileIsNamed() {
    String message =
        String.valueOf(
            assertThrows(UsageException.class, () -> CommandLine.parse("--config", "/no/file"))
                .getMessage());
    assertEquals("option --config: there is no file /no/file. Check the name.", message);
  }

  @Test
  void anEndlessFileIsNotRead() {
    assertTrue(
        refusal("<chronoconf>" + " ".repeat(70_000) + "</chronoconf>").contains("longer than"));
  }
}
