package io.chronoconf.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a NETCONF client waits for: session set-up, edit-config and commit. The client is a Python
/// script on paramiko, so that it owes nothing to the code that it measures.
final class NetconfSubcommand implements Subcommand {
  private static final int MAX_ROUNDS = 100_000;

  @Override
  public String name() {
    return "netconf";
  }

  @Override
  public String summary() {
    return "session set-up, edit-config and commit, as a client sees them";
  }

  @Override
  public String help() {
    return """
    Usage: bench netconf [OPTION VALUE]...

    Starts the packaged agent (mvn -DskipTests package makes it) and talks to it with paramiko, which
    /usr/bin/python3 must have (package python3-paramiko).

      --rounds N   edits and commits that count, after as many to warm up [100]

    The last line: medians in milliseconds of session_ms (TCP connect to the server's hello),
    edit_commit_ms (one association into an empty base) and its parts edit_ms and commit_ms.

    Example: bench netconf --rounds 200
    """;
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    OptionReader options = new OptionReader(arguments, Set.of("rounds"));
    int rounds = options.count("rounds", 1, MAX_ROUNDS).orElse(100);
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path agent = root.resolve("agent/target/chronoconf/bin/chronoconf");
    if (!Files.isExecutable(agent)) {
      throw new UsageException(agent + " is missing; run mvn -DskipTests package first");
    }
    int status =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-W",
                "ignore",
                root.resolve("integration-tests/src/main/python/netconf_bench.py").toString(),
                "--agent",
                agent.toString(),
                "--rounds",
                Integer.toString(rounds))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("the client ended with status " + status);
    }
  }
}
