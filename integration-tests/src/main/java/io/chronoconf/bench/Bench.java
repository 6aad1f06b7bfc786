package io.chronoconf.bench;

import java.util.List;
import java.util.Optional;

/// The entry of `integration-tests/bench`. Ends with 0, with 1 if a measurement failed, or with 2
/// if the command line was wrong.
public final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final List<Subcommand> SUBCOMMANDS =
      List.of(
          new AccuracySubcommand(),
          new AccessSubcommand(),
          new NetconfSubcommand(),
          new StartupSubcommand(),
          new MemorySubcommand(),
          new ServingSubcommand());

  private Bench() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> arguments) {
    if (arguments.isEmpty() || isHelp(arguments.getFirst())) {
      System.out.print(help());
      return arguments.isEmpty() ? WRONG_USAGE : 0;
    }
    try {
      Subcommand subcommand = find(arguments.getFirst());
      List<String> rest = arguments.subList(1, arguments.size());
      if (rest.stream().anyMatch(Bench::isHelp)) {
        System.out.print(subcommand.help());
      } else {
        subcommand.run(rest);
      }
      return 0;
    } catch (UsageException e) {
      System.err.println("bench: " + e.getMessage());
      return WRONG_USAGE;
    } catch (Exception e) {
      System.err.println("bench: the measurement failed: " + e);
      return FAILED;
    }
  }

  private static Subcommand find(String name) throws UsageException {
    Optional<Subcommand> found =
        SUBCOMMANDS.stream().filter(each -> each.name().equals(name)).findFirst();
    return found.orElseThrow(
        () -> new UsageException("no subcommand '" + name + "'; 'bench --help' lists them"));
  }

  private static boolean isHelp(String argument) {
    return argument.equals("--help") || argument.equals("-h");
  }

  private static String help() {
    StringBuilder text = new StringBuilder("Usage: bench SUBCOMMAND [OPTION VALUE]...\n\n");
    for (Subcommand each : SUBCOMMANDS) {
      text.append(String.format("  %-10s %s%n", each.name(), each.summary()));
    }
    return text.append("\n'bench SUBCOMMAND --help' tells the options.\n").toString();
  }
}
