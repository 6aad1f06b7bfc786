package io.chronoconf.bench;

import io.chronoconf.agent.ssh.NetconfSshClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How long the packaged agent takes from its start to the first NETCONF session.
final class StartupSubcommand implements Subcommand {
  private static final int MAX_RUNS = 1000;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String summary() {
    return "from the start of the packaged agent to its first NETCONF session";
  }

  @Override
  public String help() {
    return """
    Usage: bench startup [OPTION VALUE]...

    Starts the packaged agent (mvn -DskipTests package makes it) again and again and logs in as soon
    as it listens.

      --runs N   starts that count, after one that makes the keys [10]

    The last line: medians in milliseconds from the start of the launcher to the first accepted
    connection (listening_ms) and to the end of the first session's hellos (session_ms).

    Example: bench startup --runs 20
    """;
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    OptionReader options = new OptionReader(arguments, Set.of("runs"));
    int runs = options.count("runs", 1, MAX_RUNS).orElse(10);
    List<Double> listening = new ArrayList<>();
    List<Double> session = new ArrayList<>();
    try (PackagedAgent agent = PackagedAgent.prepare()) {
      for (int i = 0; i < runs; i++) {
        try (PackagedAgent.Run run = agent.start()) {
          run.awaitListening();
          listening.add(run.millis());
          try (NetconfSshClient _ = run.awaitSession()) {
            session.add(run.millis());
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "listening_ms=%.0f session_ms=%.0f runs=%d%n",
        median(listening),
        median(session),
        runs);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
