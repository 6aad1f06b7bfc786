package io.chronoconf.datastore.tree;

import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;

/// A place in a configuration, read with the schema's defaults in effect. Containers without
/// presence are always there. Names that the schema does not have are a programmer's error and
/// throw [IllegalArgumentException]. `when` conditions are not looked at: validation has already
/// taken out what they exclude, but a default under a false `when` still shows. Any thread.
public final class ConfigCursor {
  private final DataPath path;
  private final DataContainerNode node;

  private ConfigCursor(DataPath path, DataContainerNode node) {
    this.path = path;
    this.node = node;
  }

  /// The root of a configuration.
  ///
  /// @param schema its schema's root
  public static ConfigCursor of(NodeSchema schema, ContainerNode root) {
    return new ConfigCursor(DataPath.root(schema), root);
  }

  public NodeSchema schema() {
    return path.schema();
  }

  /// Where this is, for errors.
  public DataPath path() {
    return path;
  }

  /// Where a child is or would be, for errors.
  public DataPath path(QName name) {
    return path.child(child(name));
  }

  /// A child container; empty if it says something by being there and is not.
  public Optional<ConfigCursor> container(QName name) {
    NodeSchema child = child(name, NodeSchema.Kind.CONTAINER);
    Optional<DataContainerChild> found = DataChildren.get(node, child);
    if (found.isEmpty() && !child.isPresence()) {
      ContainerNode empty =
          ImmutableNodes.newContainerBuilder().withNodeIdentifier(child.id()).build();
      return Optional.of(new ConfigCursor(path.child(child), empty));
    }
    return found.map(
        container -> new ConfigCursor(path.child(child), (DataContainerNode) container));
  }

  /// The entries of a child list, in the user's order if it has one.
  public List<ConfigCursor> list(QName name) {
    NodeSchema child = child(name, NodeSchema.Kind.LIST);
    return switch (DataChildren.get(node, child).orElse(null)) {
      case MapNode map ->
          map.body().stream()
              .map(entry -> new ConfigCursor(path.entry(child, entry.name()), entry))
              .toList();
      case UnkeyedListNode list ->
          list.body().stream().map(entry -> new ConfigCursor(path.child(child), entry)).toList();
      case null, default -> List.of();
    };
  }

  /// A child leaf's value: the one configured, or else the schema's default.
  ///
  /// @param type as [LeafCodec] lists them
  /// @throws ClassCastException if values of this leaf are of another class
  public <T> Optional<T> leaf(QName name, Class<T> type) {
    NodeSchema child = child(name, NodeSchema.Kind.LEAF);
    Optional<DataContainerChild> found = DataChildren.get(node, child);
    if (found.isPresent()) {
      return found.map(leaf -> type.cast(((LeafNode<?>) leaf).body()));
    }
    return isInEffect(child)
        ? child.defaults().stream().findFirst().map(type::cast)
        : Optional.empty();
  }

  /// The values of a child leaf-list: those configured, or else the schema's defaults.
  ///
  /// @throws ClassCastException if values of this leaf-list are of another class
  public <T> List<T> leafList(QName name, Class<T> type) {
    NodeSchema child = child(name, NodeSchema.Kind.LEAF_LIST);
    return switch (DataChildren.get(node, child).orElse(null)) {
      case LeafSetNode<?> set ->
          set.body().stream().<T>map(item -> type.cast(item.body())).toList();
      case null, default ->
          isInEffect(child) ? child.defaults().stream().<T>map(type::cast).toList() : List.of();
    };
  }

  /// Whether a child was configured, rather than being there by default.
  public boolean isExplicit(QName name) {
    return DataChildren.get(node, child(name)).isPresent();
  }

  private NodeSchema child(QName name, NodeSchema.Kind kind) {
    NodeSchema child = child(name);
    if (child.kind() != kind) {
      throw new IllegalArgumentException(name + " is a " + child.kind() + ", not a " + kind);
    }
    return child;
  }

  private NodeSchema child(QName name) {
    return schema()
        .child(name)
        .orElseThrow(() -> new IllegalArgumentException(schema() + " has no " + name));
  }

  // RFC 7950 section 7.6.1: a default inside a case counts if the case is chosen, or is the
  // default case while no other one is chosen.
  private boolean isInEffect(NodeSchema child) {
    DataContainerNode at = node;
    for (NodeSchema.CaseStep step : child.choices()) {
      if (!(at.childByArg(step.id()) instanceof ChoiceNode choice)) {
        return child.choices().stream()
            .dropWhile(other -> !other.equals(step))
            .allMatch(ConfigCursor::isDefaultCase);
      }
      boolean isChosen =
          choice.body().stream()
              .anyMatch(n -> step.chosen().dataChildByName(n.name().getNodeType()) != null);
      if (!isChosen) {
        return false;
      }
      at = choice;
    }
    return true;
  }

  private static boolean isDefaultCase(NodeSchema.CaseStep step) {
    return step.choice()
        .getDefaultCase()
        .map(CaseSchemaNode::getQName)
        .filter(step.chosen().getQName()::equals)
        .isPresent();
  }
}
