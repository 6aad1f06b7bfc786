package io.chronoconf.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Options of the form `--name value` or `--name=value`. Every complaint names the option and says
/// what it wants.
final class OptionReader {
  private final Map<String, String> values = new LinkedHashMap<>();

  /// @param known names that there are, without dashes
  OptionReader(List<String> arguments, Set<String> known) throws UsageException {
    int i = 0;
    while (i < arguments.size()) {
      String argument = arguments.get(i++);
      if (!argument.startsWith("--")) {
        throw new UsageException("'" + argument + "' is no option; options begin with --");
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (!known.contains(name)) {
        throw new UsageException("no option --" + name + "; there are " + dashed(known));
      }
      if (equals < 0 && i == arguments.size()) {
        throw new UsageException("--" + name + " needs a value after it");
      }
      String value = equals < 0 ? arguments.get(i++) : argument.substring(equals + 1);
      if (values.put(name, value) != null) {
        throw new UsageException("--" + name + " is given twice; leave one out");
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<Double> number(String name, double least, double most) throws UsageException {
    Optional<String> text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(number(name, text.get(), least, most));
  }

  Optional<Integer> count(String name, int least, int most) throws UsageException {
    Optional<String> text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(count(name, text.get(), least, most));
  }

  static double number(String name, String text, double least, double most) throws UsageException {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(name, text, "give a number from " + least + " to " + most);
  }

  static int count(String name, String text, int least, int most) throws UsageException {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(name, text, "give a whole number from " + least + " to " + most);
  }

  static UsageException wrong(String name, String text, String remedy) {
    return new UsageException("--" + name + " cannot be '" + text + "'; " + remedy);
  }

  private static String dashed(Set<String> names) {
    return "--" + String.join(" --", names);
  }
}
