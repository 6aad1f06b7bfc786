package io.chronoconf.datastore.tree;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Gives each namespace that a text mentions a prefix of its own: the module's, if still free.
public final class Prefixes {
  private final EffectiveModelContext context;
  private final Map<String, String> namespaceByPrefix = new LinkedHashMap<>();
  private final Map<String, String> prefixByNamespace = new HashMap<>();

  public Prefixes(EffectiveModelContext context) {
    this.context = context;
  }

  /// The name as `prefix:local`.
  public String name(QName name) {
    String namespace = name.getNamespace().toString();
    String known = prefixByNamespace.get(namespace);
    if (known == null) {
      known = free(context.getModuleStatement(name.getModule()).prefix().argument());
      prefixByNamespace.put(namespace, known);
      namespaceByPrefix.put(known, namespace);
    }
    return known + ":" + name.getLocalName();
  }

  /// Prefix to namespace for all that were given out.
  public Map<String, String> used() {
    return Map.copyOf(namespaceByPrefix);
  }

  private String free(String wanted) {
    String candidate = wanted;
    for (int i = 2; namespaceByPrefix.containsKey(candidate); i++) {
      candidate = wanted + i;
    }
    return candidate;
  }
}
