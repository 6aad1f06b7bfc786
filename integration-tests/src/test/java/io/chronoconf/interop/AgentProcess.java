package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged agent as a process, with a state folder of its own, and ncclient to talk to it.
final class AgentProcess implements AutoCloseable {
  private static final Path LAUNCHER =
      Path.of("..", "agent", "target", "chronoconf", "bin", "chronoconf").toAbsolutePath();
  private static final Pattern PASSWORD = Pattern.compile("(?m)password:?\\s+(\\S+)\\s*$");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);
  private static final int NETCONF_PORT = 8830;
  private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

  private final Starter starter;
  private final Path state;
  private final List<String> options;
  private RunningProgram program;
  private String password = "";

  /// Starts a command line somewhere: in a namespace or right here.
  interface Starter {
    RunningProgram start(List<String> command) throws IOException;
  }

  private AgentProcess(Starter starter, Path state, List<String> options, RunningProgram program) {
    this.starter = starter;
    this.state = state;
    this.options = options;
    this.program = program;
  }

  /// Starts an agent for the first time in an empty state folder.
  static AgentProcess firstStart(Starter starter, Path state, List<String> options)
      throws IOException, InterruptedException {
    AgentProcess agent = new AgentProcess(starter, state, options, launch(starter, state, options));
    String printed = agent.awaitReady();
    Matcher matcher = PASSWORD.matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("no password was printed:\n" + printed);
    }
    agent.password = matcher.group(1);
    return agent;
  }

  /// Starts one on a host of a network, with its NTP on port 123 and a clock of its own.
  ///
  /// @param folder of the test; the state goes into a folder of its own in it
  /// @param offset of its clock, in seconds, positive if it is ahead
  static AgentProcess on(Network network, String host, Path folder, String offset)
      throws IOException, InterruptedException {
    return firstStart(
        command -> network.start(host, command),
        folder.resolve("state-" + host),
        List.of("--ntp-port", "123", "--clock-offset", offset, "--clock-frequency", "1.2e-5"));
  }

  /// The same with an administrator who has a key in place of a password.
  static AgentProcess firstStartWithKey(Starter starter, Path state, String publicKey)
      throws IOException, InterruptedException {
    List<String> options = List.of("--admin-key", publicKey);
    AgentProcess agent = new AgentProcess(starter, state, options, launch(starter, state, options));
    agent.awaitReady();
    return agent;
  }

  /// Starts it again in the same state folder.
  void restart() throws IOException, InterruptedException {
    program = launch(starter, state, options);
    awaitReady();
  }

  void kill() throws IOException {
    program.kill();
    program.close();
  }

  /// Ends it as Ctrl-C does; returns what it printed in all.
  String stop() throws IOException {
    int status = program.interrupt();
    String printed = program.output();
    assertEquals(0, status, printed);
    return printed;
  }

  /// Runs one action of device.py and returns what it printed.
  String device(Duration limit, String... action) throws IOException {
    try (RunningProgram script = startDevice(action)) {
      int status = script.await(limit);
      assertEquals(0, status, () -> String.join(" ", action) + ":\n" + printed(script));
      return script.output();
    }
  }

  /// Commits a configuration.
  ///
  /// @param parts what stands in `config`
  void commit(String parts) throws IOException {
    Path file =
        Files.writeString(
            state.resolveSibling(state.getFileName() + ".push.xml"),
            "<config xmlns=\"%s\">%s</config>".formatted(BASE, parts));
    device(PUSH_LIMIT, "push", file.toString());
  }

  /// Commits a configuration of NTP, replacing nothing.
  ///
  /// @param parts what stands in `ntp`, with the prefixes `ntp` and `ccn` at its disposal
  void commitNtp(String parts) throws IOException {
    commit(ntp(parts));
  }

  /// Waits until some of the state of NTP is as expected.
  ///
  /// @param parts what stands in `ntp`
  void expectNtp(int seconds, String parts) throws IOException {
    Path file =
        Files.writeString(
            state.resolveSibling(state.getFileName() + ".expect.xml"),
            "<data xmlns=\"%s\">%s</data>".formatted(BASE, ntp(parts)));
    device(Duration.ofSeconds(seconds + 30), "expect", file.toString(), Integer.toString(seconds));
  }

  /// Waits until its clock is synchronized.
  void awaitSynchronized(int seconds) throws IOException {
    device(Duration.ofSeconds(seconds + 30), "synchronized", Integer.toString(seconds));
  }

  static String ntp(String parts) {
    return """
    <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
      xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp" xmlns:ccn="urn:chronoconf:yang:ntp">%s</ntp>
    """
        .formatted(parts);
  }

  RunningProgram startDevice(String... action) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.pythonWith("ncclient").toString(),
                "-W",
                "ignore",
                Path.of("src/test/python/device.py").toAbsolutePath().toString(),
                Integer.toString(NETCONF_PORT),
                "admin",
                password));
    command.addAll(List.of(action));
    return starter.start(command);
  }

  /// Of the first administrator.
  String password() {
    return password;
  }

  String printed() throws IOException {
    return program.output();
  }

  boolean isAlive() {
    return program.isAlive();
  }

  @Override
  public void close() {
    program.close();
  }

  private String awaitReady() throws IOException, InterruptedException {
    return program.awaitOutput(text -> text.contains("NETCONF"), START_LIMIT);
  }

  private static RunningProgram launch(Starter starter, Path state, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(LAUNCHER.toString(), "run", "--state", state.toString()));
    command.addAll(options);
    return starter.start(command);
  }

  private static String printed(RunningProgram script) {
    try {
      return script.output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// A file of the test resources.
  static Path resource(String name) {
    Path path = Path.of("src/test/resources", name).toAbsolutePath();
    assertTrue(Files.exists(path), () -> path + " is missing");
    return path;
  }
}
