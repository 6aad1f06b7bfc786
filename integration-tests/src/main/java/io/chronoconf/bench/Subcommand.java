package io.chronoconf.bench;

import java.util.List;

/// One thing that the bench can measure. A new one is added to the list in [Bench].
interface Subcommand {
  String name();

  /// One line for the list of subcommands.
  String summary();

  /// What `--help` prints, options and an example included.
  String help();

  /// Measures and prints; the last line holds the figures.
  ///
  /// @param arguments those after the subcommand
  /// @throws UsageException if they make no sense
  /// @throws Exception if the measurement fails
  void run(List<String> arguments) throws Exception;
}
