package io.chronoconf.datastore.tree;

import java.util.Map;

/// A leaf value as text.
///
/// @param text the canonical form
/// @param namespaces prefix to namespace for every prefix in it, to be declared where it is written
public record ValueText(String text, Map<String, String> namespaces) {
  public ValueText {
    namespaces = Map.copyOf(namespaces);
  }
}
