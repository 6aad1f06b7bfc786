package io.chronoconf.agent.cli;

import java.nio.file.Path;
import java.util.Iterator;

/// One word of the command line after the other.
final class Arguments {
  private Arguments() {}

  static void requireFirst(String command, boolean isFirst) throws UsageException {
    if (!isFirst) {
      throw new UsageException(
          "command %s: comes before all options. Write it first.".formatted(command));
    }
  }

  static Path path(String option, Iterator<String> rest) throws UsageException {
    return Settings.read(new Given(value(option, rest), "option " + option), Values::path);
  }

  /// Takes `--option value`, `--option=value` or a switch.
  static void addOption(String word, Iterator<String> rest, Settings settings)
      throws UsageException {
    int equals = word.indexOf('=');
    String option = equals > 0 ? word.substring(0, equals) : word;
    Setting setting = Setting.ofOption(option).orElse(null);
    if (setting == null) {
      throw new UsageException(
          "%s: unknown. `chronoconf --help` lists the options.".formatted(option));
    }
    if (setting.isSwitch() && equals > 0) {
      throw new UsageException(
          "option %s: takes no value. Leave out what follows it.".formatted(option));
    }
    String text =
        setting.isSwitch() ? "true" : equals > 0 ? word.substring(equals + 1) : value(option, rest);
    settings.add(setting, new Given(text, "option " + option));
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(
          "option %s: its value is missing. `chronoconf --help` shows what it takes."
              .formatted(option));
    }
    return rest.next();
  }
}
