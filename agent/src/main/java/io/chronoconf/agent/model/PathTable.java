package io.chronoconf.agent.model;

import java.util.ArrayList;
import java.util.List;

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
    /// An operation that is answered.
    RPC
  }

  /// One node.
  ///
  /// @param path such as `/ntp:ntp/ntp:port`, every step with its module's own prefix, choices left
  ///   out
  public record Row(Handling handling, String path) {}

  /// Reads lines of a handling and a path; the handling stands for the lines below it too until
  /// another one does.
  ///
  /// @throws IllegalArgumentException if a line has another form: a mistake in the program
  public static PathTable of(String concern, String lines) {
    List<Row> rows = new ArrayList<>();
    Handling handling = Handling.CONFIG;
    for (String line : lines.lines().toList()) {
      String[] words = line.strip().split(" +", -1);
      if (words.length == 2) {
        handling = Handling.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
      }
      rows.add(new Row(handling, words[words.length - 1]));
    }
    return new PathTable(concern, rows);
  }
}
