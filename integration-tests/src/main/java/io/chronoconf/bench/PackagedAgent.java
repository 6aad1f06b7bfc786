package io.chronoconf.bench;

import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packaged agent in a folder of its own, started as often as a measurement wants.
final class PackagedAgent implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Pattern PASSWORD = Pattern.compile("(?m)^ +password +(\\S+)$");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int RETRY_MILLIS = 2;

  private final Path launcher;
  private final Path folder;
  private final int netconfPort;
  private final int ntpPort;
  private String password = "";

  private PackagedAgent(Path launcher, Path folder, int netconfPort, int ntpPort) {
    this.launcher = launcher;
    this.folder = folder;
    this.netconfPort = netconfPort;
    this.ntpPort = ntpPort;
  }

  /// Starts and stops it once, so that keys and configuration are there.
  static PackagedAgent prepare() throws UsageException, IOException, InterruptedException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path launcher = root.resolve("agent/target/chronoconf/bin/chronoconf");
    if (!Files.isExecutable(launcher)) {
      throw new UsageException(launcher + " is missing; run mvn -DskipTests package first");
    }
    Path folder = Files.createTempDirectory("chronoconf-bench-");
    PackagedAgent agent = new PackagedAgent(launcher, folder, freePort(), freePort());
    try (Run first = agent.start()) {
      String printed = first.awaitPrinted("\nEND");
      Matcher matcher = PASSWORD.matcher(printed);
      if (!matcher.find()) {
        throw new IOException("the agent printed no password:\n" + printed);
      }
      agent.password = matcher.group(1);
      first.awaitSession().close();
    }
    return agent;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  /// Starts it.
  Run start() throws IOException {
    Path output = folder.resolve("output");
    long startNanos = System.nanoTime();
    Process process =
        new ProcessBuilder(
                List.of(
                    launcher.toString(),
                    "run",
                    "--state",
                    folder.resolve("state").toString(),
                    "--netconf-port",
                    Integer.toString(netconfPort),
                    "--ntp-address",
                    LOOPBACK.getHostAddress(),
                    "--ntp-port",
                    Integer.toString(ntpPort)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Run(process, output, startNanos);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// One life of the process.
  final class Run implements AutoCloseable {
    private final Process process;
    private final Path output;
    private final long startNanos;

    private Run(Process process, Path output, long startNanos) {
      this.process = process;
      this.output = output;
      this.startNanos = startNanos;
    }

    long pid() {
      return process.pid();
    }

    /// Since the process was started.
    double millis() {
      return (System.nanoTime() - startNanos) / 1e6;
    }

    /// Waits until connections are taken.
    void awaitListening() throws IOException, InterruptedException {
      while (true) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(LOOPBACK, netconfPort));
          return;
        } catch (IOException e) {
          pause();
        }
      }
    }

    /// Waits until a session has been accepted, both hellos included.
    NetconfSshClient awaitSession() throws IOException, InterruptedException {
      awaitListening();
      return NetconfSshClient.connect(
          new InetSocketAddress(LOOPBACK, netconfPort), "admin", password);
    }

    /// Waits until it has printed this.
    String awaitPrinted(String text) throws IOException, InterruptedException {
      while (true) {
        String printed = Files.readString(output);
        if (printed.contains(text)) {
          return printed;
        }
        pause();
      }
    }

    private void pause() throws IOException, InterruptedException {
      if (System.nanoTime() - startNanos > PATIENCE_NANOS
          || process.waitFor(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("the agent did not come up:\n" + Files.readString(output));
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          throw new IOException("the agent did not stop");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
