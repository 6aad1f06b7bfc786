package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import io.chronoconf.datastore.tree.PrefixResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Which defaults are in use where a leaf has no value (RFC 7950 sections 7.6.1, 7.7.2 and 7.9.3).
public final class DefaultsInUse {
  private DefaultsInUse() {}

  /// The default of a leaf, or those of a leaf-list, that is absent under a parent; empty if there
  /// is none or if its case is not in use.
  ///
  /// @param parent the data of the parent, null if it exists only as a non-presence container
  public static List<Object> of(@Nullable DataContainerNode parent, NodeSchema child) {
    List<String> texts =
        switch (child.yang()) {
          case LeafSchemaNode leaf ->
              leaf.getType().getDefaultValue().map(v -> List.of(v.toString())).orElse(List.of());
          case LeafListSchemaNode list ->
              list.getDefaults().stream().map(Object::toString).toList();
          default -> List.of();
        };
    if (texts.isEmpty() || !isCaseInUse(parent, child)) {
      return List.of();
    }
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      try {
        values.add(child.codec().parse(text, prefixesOf(child)));
      } catch (InvalidValueException e) {
        throw new IllegalStateException("default of " + child.name() + ": " + e.getMessage(), e);
      }
    }
    return values;
  }

  /// True if every choice around the child has its case selected, or has none selected and the
  /// child's case is the default one.
  public static boolean isCaseInUse(@Nullable DataContainerNode parent, NodeSchema child) {
    DataContainerNode at = parent;
    for (CaseStep step : child.choices()) {
      DataContainerNode choice =
          at != null && at.childByArg(step.id()) instanceof ChoiceNode present ? present : null;
      if (choice == null) {
        Optional<CaseSchemaNode> standard = step.choice().getDefaultCase();
        if (standard.isEmpty() || !standard.get().getQName().equals(step.chosen().getQName())) {
          return false;
        }
      } else if (!holds(choice, step.chosen())) {
        return false;
      }
      at = choice;
    }
    return true;
  }

  /// True if values of the leaf may be identities, whose text depends on who writes it.
  static boolean holdsIdentities(NodeSchema leaf) {
    return leaf.yang() instanceof TypeAware typed && mayBeIdentity(typed.getType());
  }

  private static boolean mayBeIdentity(TypeDefinition<?> type) {
    return switch (type) {
      case IdentityrefTypeDefinition _ -> true;
      case UnionTypeDefinition union ->
          union.getTypes().stream().anyMatch(DefaultsInUse::mayBeIdentity);
      case LeafrefTypeDefinition _ -> true;
      default -> false;
    };
  }

  private static boolean holds(DataContainerNode choice, CaseSchemaNode chosen) {
    return choice.body().stream()
        .anyMatch(node -> chosen.dataChildByName(node.name().getNodeType()) != null);
  }

  /// The prefixes as the leaf's module declares them.
  static PrefixResolver prefixesOf(NodeSchema node) {
    ModuleEffectiveStatement module = node.context().getModuleStatement(node.name().getModule());
    return prefix -> namespace(module, prefix);
  }

  private static @Nullable String namespace(ModuleEffectiveStatement module, String prefix) {
    if (prefix.isEmpty() || module.prefix().argument().equals(prefix)) {
      return module.localQNameModule().namespace().toString();
    }
    return module
        .findReachableModule(prefix)
        .map(other -> other.localQNameModule().namespace().toString())
        .orElse(null);
  }
}
