package io.chronoconf.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions.ClockKind;
import io.chronoconf.agent.cli.AgentOptions.LogLevel;
import io.chronoconf.ntp.io.HardwareStampUse;
import io.chronoconf.ntp.io.TransportKind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static AgentOptions run(String... arguments) throws UsageException {
    return assertInstanceOf(CommandLine.Run.class, CommandLine.parse(arguments)).options();
  }

  private static String refusal(String... arguments) {
    return String.valueOf(
        assertThrows(UsageException.class, () -> CommandLine.parse(arguments)).getMessage());
  }

  @Test
  void withoutOptionsEveryDefaultHolds() throws Exception {
    AgentOptions options = run();
    assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), options.netconf().addresses());
    assertEquals(8830, options.netconf().port());
    assertEquals(
        new AgentOptions.Ntp(
            List.of(), 11123, TransportKind.AUTO, HardwareStampUse.AUTO, 1, Optional.empty()),
        options.ntp());
    assertEquals(
        new AgentOptions.Clock(ClockKind.VIRTUAL, 0, 0, Optional.empty()), options.clock());
    assertEquals(
        Path.of(System.getProperty("user.home"), ".local/state/chronoconf"), options.stateFolder());
    assertEquals(
        new AgentOptions.Limits(10 * 1024 * 1024, 128, 64, 1 << 20, 100, 30, 0, 10_000_000, 32),
        options.limits());
    assertEquals(Optional.empty(), options.adminKey());
    assertEquals(LogLevel.WARN, options.logLevel());
  }

  @Test
  void everyOptionReachesItsPlace() throws Exception {
    AgentOptions options =
        run(
            "run",
            "--netconf-address",
            "127.0.0.2",
            "--netconf-address=::1",
            "--netconf-port",
            "0",
            "--max-subscriptions=4",
            "--max-attributes=32",
            "--max-text=2048",
            "--writable-running",
            "--startup",
            "--url-folder=/tmp",
            "--url-https",
            "--yang-dir=/tmp",
            "--recovery-user",
            "rescue",
            "--ntp-address",
            "10.0.0.1",
            "--ntp-port=123",
            "--transport",
            "netty",
            "--hardware-stamps",
            "off",
            "--server-threads",
            "4",
            "--with-example-server",
            "--example-server-port",
            "12000",
            "--clock",
            "virtual",
            "--clock-offset",
            "-3.5",
            "--clock-frequency",
            "1e-5",
            "--clock-log",
            "/tmp/log",
            "--state",
            "/tmp/state",
            "--admin-key",
            "~/key.pub",
            "--max-message-bytes",
            "65536",
            "--max-depth",
            "20",
            "--max-sessions",
            "5",
            "--login-seconds",
            "7",
            "--idle-seconds",
            "9",
            "--max-xpath-steps",
            "5000",
            "--log-level",
            "debug");
    AgentOptions expected =
        new AgentOptions(
            new AgentOptions.Netconf(
                List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1")),
                0,
                Set.of("rescue")),
            new AgentOptions.Protocol(
                true, true, Optional.of(Path.of("/tmp")), true, List.of(Path.of("/tmp"))),
            new AgentOptions.Ntp(
                List.of(InetAddress.ofLiteral("10.0.0.1")),
                123,
                TransportKind.NETTY,
                HardwareStampUse.OFF,
                4,
                Optional.of(12000)),
            new AgentOptions.Clock(ClockKind.VIRTUAL, -3.5, 1e-5, Optional.of(Path.of("/tmp/log"))),
            Path.of("/tmp/state"),
            Optional.of(Path.of(System.getProperty("user.home"), "key.pub")),
            new AgentOptions.Limits(65536, 20, 32, 2048, 5, 7, 9, 5000, 4),
            LogLevel.DEBUG);
    assertEquals(expected, options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --netconf-port 80x      | option --netconf-port: "80x" is no port. Give a whole number from 0 to 65535.
          --netconf-port 65536    | option --netconf-port: "65536" is no port. Give a whole number from 0 to 65535.
          --ntp-port 1000         | option --ntp-port: 1000 is no NTP port. Give 123 (needs root) or a number from 1024 to 65535.
          --netconf-address a.b   | option --netconf-address: "a.b" is no IP address. Give one such as 127.0.0.1 or ::1.
          --clock-offset NaN      | option --clock-offset: "NaN" is no offset in seconds. Give a number from -2000000000 to 2000000000.
          --clock atomic          | option --clock: "atomic" is unknown. Write one of: virtual, kernel.
          --hardware-stamps on    | option --hardware-stamps: "on" is unknown. Write one of: auto, off.
          --max-sessions 5 --max-sessions 6 | option --max-sessions: given twice. Leave one of the two out.
          --log-level             | option --log-level: its value is missing. `chronoconf --help` shows what it takes.
          --with-example-server=1 | option --with-example-server: takes no value. Leave out what follows it.
          --nonsense              | --nonsense: unknown. `chronoconf --help` lists the options.
          --max-sessions 99 run      | command run: comes before all options. Write it first.
          --clock kernel --clock-offset 1 | option --clock-offset: only the virtual clock has an error of its own. Leave it out, or choose the virtual clock.
          """)
  void whatCannotWorkIsRefusedWithTheRemedy(String arguments, String message) {
    assertEquals(message, refusal(arguments.split(" ")));
  }

  @Test
  void controlCharactersNeverReachTheTerminal() {
    assertTrue(refusal("--clock", "\u001b[31mx\n").contains("\"?[31mx?\""));
  }

  @Test
  void resetAdminTakesTheStateFolder() throws Exception {
    CommandLine command = CommandLine.parse("reset-admin", "--state", "/tmp/state");
    assertEquals(
        new CommandLine.ResetAdmin(Path.of("/tmp/state"), Optional.empty(), List.of()), command);
  }

  @Test
  void helpNamesEveryOptionAndElementAndFitsTheScreen() throws Exception {
    String text = assertInstanceOf(CommandLine.Say.class, CommandLine.parse("--help")).text();
    for (Setting setting : Setting.values()) {
      assertTrue(text.contains("  " + setting.option() + " "), setting.option());
      assertTrue(text.contains(setting.element()), setting.element());
    }
    text.lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }
}
