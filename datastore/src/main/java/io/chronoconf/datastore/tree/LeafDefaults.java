package io.chronoconf.datastore.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.ModuleImport;

/// Default statements as values.
final class LeafDefaults {
  private LeafDefaults() {}

  static List<Object> of(NodeSchema leaf) {
    Collection<?> texts =
        switch (leaf.yang()) {
          case LeafSchemaNode node -> node.getType().getDefaultValue().stream().toList();
          case LeafListSchemaNode node -> node.getDefaults();
          default -> List.of();
        };
    List<Object> values = new ArrayList<>();
    for (Object text : texts) {
      try {
        values.add(leaf.codec().parse(text.toString(), prefix -> namespace(leaf, prefix)));
      } catch (InvalidValueException e) {
        throw new IllegalStateException(
            "the schema's default of " + leaf + " is no value of it", e);
      }
    }
    return List.copyOf(values);
  }

  // Prefixes in a default are those of the module that it stands in.
  private static String namespace(NodeSchema leaf, String prefix) {
    Module module = leaf.context().findModule(leaf.name().getModule()).orElseThrow();
    if (prefix.isEmpty() || prefix.equals(module.getPrefix())) {
      return module.getNamespace().toString();
    }
    for (ModuleImport imported : module.getImports()) {
      if (imported.getPrefix().equals(prefix)) {
        return leaf.context()
            .findModules(imported.getModuleName().getLocalName())
            .iterator()
            .next()
            .getNamespace()
            .toString();
      }
    }
    return "";
  }
}
