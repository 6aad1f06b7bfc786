package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A terminal of 100 columns and 40 lines in which one program runs on a host of a network: a
/// server of tmux with a socket of its own.
final class Screen implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Network network;
  private final String host;
  private final Path socket;

  private Screen(Network network, String host, Path socket) {
    this.network = network;
    this.host = host;
    this.socket = socket;
  }

  /// @param socket a path that nothing is at yet
  static Screen start(Network network, String host, Path socket, String command)
      throws IOException {
    Screen screen = new Screen(network, host, socket);
    screen.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "40", command);
    return screen;
  }

  /// Waits until it shows what is awaited, and returns all that it shows.
  String await(Predicate<String> condition, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    String shown = tmux("capture-pane", "-p");
    while (!condition.test(shown)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the screen did not show what was awaited:\n" + shown);
      }
      Thread.sleep(200);
      shown = tmux("capture-pane", "-p");
    }
    return shown;
  }

  /// Presses a key.
  void press(String key) throws IOException {
    tmux("send-keys", key);
  }

  private String tmux(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("env", "LC_ALL=C.UTF-8", Peers.program("tmux").toString(), "-S"));
    command.add(socket.toString());
    command.addAll(List.of(arguments));
    try (RunningProgram tmux = network.start(host, command)) {
      int status = tmux.await(LIMIT);
      if (status != 0) {
        throw new IOException(String.join(" ", command) + ": " + tmux.output());
      }
      return tmux.output();
    }
  }

  /// Ends the program.
  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
