package io.chronoconf.agent.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What the user asked for: `CommandLine = Run(options) | ResetAdmin(folder, key) | Say(text)`.
public sealed interface CommandLine {
  /// Run the agent until a signal ends it.
  record Run(AgentOptions options) implements CommandLine {}

  /// Give the first administrator a new password, or another public key.
  ///
  /// @param adminKey file of the key; a password if empty
  /// @param yangFolders of modules for which the folder may hold configuration
  record ResetAdmin(Path stateFolder, Optional<Path> adminKey, List<Path> yangFolders)
      implements CommandLine {}

  /// Print the text and end.
  record Say(String text) implements CommandLine {}

  /// Reads a command line, and the bootstrap file that it names.
  ///
  /// @throws UsageException if it cannot be understood
  static CommandLine parse(String... arguments) throws UsageException {
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    Settings settings = new Settings();
    Optional<Path> file = Optional.empty();
    boolean isReset = false;
    boolean isFirst = true;
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--help", "-h" -> {
          return new Say(HelpText.text());
        }
        case "--version" -> {
          return new Say("chronoconf " + version());
        }
        case "--config" -> file = Optional.of(Arguments.path(word, rest));
        case "run" -> Arguments.requireFirst(word, isFirst);
        case "reset-admin" -> {
          Arguments.requireFirst(word, isFirst);
          isReset = true;
        }
        default -> Arguments.addOption(word, rest, settings);
      }
      isFirst = false;
    }
    if (file.isPresent()) {
      settings.fillFrom(BootstrapFile.read(file.get()));
    }
    OptionsReader reader = new OptionsReader(settings);
    return isReset
        ? new ResetAdmin(reader.stateFolder(), reader.adminKey(), reader.yangFolders())
        : new Run(reader.read());
  }

  /// The version of this build, or `development` if it does not run from its jar.
  static String version() {
    String version = CommandLine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
