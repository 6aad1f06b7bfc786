package io.chronoconf.datastore.tree;

import org.jspecify.annotations.Nullable;

/// The namespaces in scope where a value was written.
@FunctionalInterface
public interface PrefixResolver {
  /// The namespace bound to the prefix, `""` for the default one; null or `""` if none is.
  @Nullable String namespace(String prefix);
}
