package io.chronoconf.agent.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What was given for each setting, with its origin. The command line beats the file.
final class Settings {
  private final Map<Setting, List<Given>> values = new EnumMap<>(Setting.class);

  /// Adds all that `weaker` has and this has not.
  void fillFrom(Settings weaker) {
    weaker.values.forEach(values::putIfAbsent);
  }

  /// @throws UsageException if the setting takes one value and has one
  void add(Setting setting, Given given) throws UsageException {
    List<Given> present = values.getOrDefault(setting, List.of());
    if (!present.isEmpty() && !setting.isRepeatable()) {
      throw new UsageException(given.origin() + ": given twice. Leave one of the two out.");
    }
    values.put(
        setting,
        java.util.stream.Stream.concat(present.stream(), java.util.stream.Stream.of(given))
            .toList());
  }

  boolean has(Setting setting) {
    return values.containsKey(setting);
  }

  List<Given> all(Setting setting) {
    return values.getOrDefault(setting, List.of());
  }

  /// The value, read by `parser`, which throws IllegalArgumentException with what is wrong and what
  /// to write instead.
  <T> Optional<T> read(Setting setting, Function<String, T> parser) throws UsageException {
    List<Given> given = all(setting);
    return given.isEmpty() ? Optional.empty() : Optional.of(read(given.getFirst(), parser));
  }

  static <T> T read(Given given, Function<String, T> parser) throws UsageException {
    try {
      return parser.apply(given.text());
    } catch (IllegalArgumentException e) {
      throw new UsageException(given.origin() + ": " + e.getMessage());
    }
  }
}
