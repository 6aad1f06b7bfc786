package io.chronoconf.agent.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which schema nodes one concern handles, and how: the index of what it does. [SchemaCoverage]
/// holds all tables against the schema.
///
/// @param concern for messages
/// @param rows one per leaf, leaf-list, presence container, rpc and notification
public record PathTable(String concern, List<Row> rows) {
  public PathTable {
    rows = List.copyOf(rows);
  }

  /// What becomes of a node.
  public enum Handling {
    /// Read into the concern's configuration and put into effect.
    CONFIG,
    /// Kept for others to refer to or to read; nothing else depends on it.
    STORED,
    /// Written from the concern's status.
    STATE,
    /// State of which this agent never has any, such as partial locks.
    NEVER,
    /// An operation that is answered.
    RPC
  }

  /// One node.
  ///
  /// @param path such as `/ntp:ntp/ntp:port`, every step with its module's own prefix, choices left
  ///   out
  public record Row(Handling handling, String path) {}

  /// Reads words: a handling stands for the paths behind it until another one does.
  ///
  /// @throws IllegalArgumentException if there is another word: a mistake in the program
  public static PathTable of(String concern, String words) {
    List<Row> rows = new ArrayList<>();
    Handling handling = Handling.CONFIG;
    for (String word : words.strip().split("\\s+", -1)) {
      if (word.startsWith("/")) {
        rows.add(new Row(handling, word));
      } else {
        handling = Handling.valueOf(word.toUpperCase(Locale.ROOT));
      }
    }
    return new PathTable(concern, rows);
  }
}
