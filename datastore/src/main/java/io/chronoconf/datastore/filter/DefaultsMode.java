package io.chronoconf.datastore.filter;

/// How defaults are reported (RFC 6243 section 3). This server's basic mode is explicit: a value
/// counts as a default until somebody sets it, even to the same.
///
/// A filter looks at what the mode reports: a content match on a default finds it under the two
/// report-all modes and under no other, and one on a value that trim leaves out finds nothing.
public enum DefaultsMode {
  /// What was set.
  EXPLICIT("explicit"),
  /// What was set, without what equals the default.
  TRIM("trim"),
  /// What was set, and every default in use.
  REPORT_ALL("report-all"),
  /// The same, with a mark on each default.
  REPORT_ALL_TAGGED("report-all-tagged");

  private final String wire;

  DefaultsMode(String wire) {
    this.wire = wire;
  }

  /// As the parameter `with-defaults` has it.
  public String wire() {
    return wire;
  }
}
