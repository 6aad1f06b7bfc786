package io.chronoconf.yang;

import java.util.List;

/// One module as the YANG library shows it (RFC 8525).
///
/// @param name module name
/// @param revision its newest revision, `yyyy-mm-dd`
/// @param namespace its XML namespace
/// @param conformance whether its nodes are there or only its types and groupings
/// @param features the features that are supported, in the order of their names
/// @param deviations names of the modules that deviate from it
public record ModuleEntry(
    String name,
    String revision,
    String namespace,
    Conformance conformance,
    List<String> features,
    List<String> deviations) {
  public ModuleEntry {
    features = List.copyOf(features);
    deviations = List.copyOf(deviations);
  }

  /// RFC 8525's conformance types.
  public enum Conformance {
    IMPLEMENT,
    IMPORT
  }

  /// The name of the file that holds its text.
  public String fileName() {
    return name + "@" + revision + ".yang";
  }
}
