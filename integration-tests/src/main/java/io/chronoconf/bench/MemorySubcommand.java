package io.chronoconf.bench;

import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How much memory the packaged agent holds while it has one session and nothing to do.
final class MemorySubcommand implements Subcommand {
  private static final int MAX_SECONDS = 3600;
  private static final double KB_PER_MB = 1024;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String summary() {
    return "resident memory of the packaged agent, idle with one session";
  }

  @Override
  public String help() {
    return """
    Usage: bench memory [OPTION VALUE]...

    Starts the packaged agent (mvn -DskipTests package makes it), opens one session that reads
    everything once, and looks at the process after a while of silence.

      --seconds N   silence [10]

    The last line: rss_mb (resident, in MiB: pages of the JVM's own files and of its AOT cache count,
    although processes share them) and anonymous_mb (what belongs to this process alone).

    Example: bench memory --seconds 30
    """;
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    OptionReader options = new OptionReader(arguments, Set.of("seconds"));
    int seconds = options.count("seconds", 0, MAX_SECONDS).orElse(10);
    try (PackagedAgent agent = PackagedAgent.prepare();
        PackagedAgent.Run run = agent.start();
        NetconfSshClient client = run.awaitSession()) {
      String _ = client.request("<get/>");
      Thread.sleep(seconds * 1000L);
      Path status = Path.of("/proc", Long.toString(run.pid()), "status");
      System.out.printf(
          Locale.ROOT,
          "rss_mb=%.1f anonymous_mb=%.1f seconds=%d%n",
          megabytes(status, "VmRSS:"),
          megabytes(status, "RssAnon:"),
          seconds);
    }
  }

  private static double megabytes(Path status, String row) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(row)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KB_PER_MB;
      }
    }
    throw new IOException(status + " has no row " + row);
  }
}
