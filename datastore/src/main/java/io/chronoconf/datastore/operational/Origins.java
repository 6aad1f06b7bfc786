package io.chronoconf.datastore.operational;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// Where the configuration in use comes from (RFC 8342 section 5.3.4): what is as configured is
/// `intended`, defaults are `default`, and what the device has put there is `system`. State has no
/// origin. Immutable; any thread.
public final class Origins {
  /// Of nothing.
  public static final Origins NONE = new Origins(Map.of());

  private final Map<List<PathArgument>, Origin> changes;

  private Origins(Map<List<PathArgument>, Origin> changes) {
    this.changes = changes;
  }

  /// Finds the origins.
  ///
  /// @param root the schema's root
  /// @param operational the configuration in use, with defaults and state
  /// @param intended the validated configuration
  /// @param defaults what of the first is there by default: the names on the way to it, with keys
  ///   and values, choices left out
  public static Origins of(
      NodeSchema root,
      ContainerNode operational,
      ContainerNode intended,
      Set<List<PathArgument>> defaults) {
    Search search = new Search(defaults);
    search.children(root, operational, intended, null);
    return new Origins(Map.copyOf(search.changes));
  }

  /// The origin of a node that comes from elsewhere than its parent.
  ///
  /// @param path the names on the way to it, with keys and values, choices left out
  /// @return null if it comes from where its parent does
  public @Nullable Origin changed(List<PathArgument> path) {
    return changes.isEmpty() ? null : changes.get(path);
  }

  /// The origin of a node, wherever it is said.
  ///
  /// @return null if there is none
  public @Nullable Origin of(List<PathArgument> path) {
    for (int length = path.size(); length > 0; length--) {
      Origin found = changed(path.subList(0, length));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  private static final class Search {
    private final Set<List<PathArgument>> defaults;
    private final Map<List<PathArgument>, Origin> changes = new HashMap<>();
    private final List<PathArgument> path = new ArrayList<>();

    Search(Set<List<PathArgument>> defaults) {
      this.defaults = defaults;
    }

    void children(
        NodeSchema schema,
        DataContainerNode node,
        @Nullable DataContainerNode intended,
        @Nullable Origin inherited) {
      for (DataContainerChild child : DataChildren.all(node)) {
        NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
        if (ofChild.isConfig() && !schema.keys().contains(ofChild.name())) {
          @Nullable DataContainerChild same =
              intended == null ? null : DataChildren.get(intended, ofChild).orElse(null);
          child(ofChild, child, same, inherited);
        }
      }
    }

    private void child(
        NodeSchema schema,
        DataContainerChild node,
        @Nullable DataContainerChild intended,
        @Nullable Origin inherited) {
      switch (node) {
        case LeafNode<?> leaf ->
            value(
                leaf.name(),
                intended instanceof LeafNode<?> same
                    && Objects.deepEquals(same.body(), leaf.body()),
                inherited);
        case LeafSetNode<?> items -> {
          for (LeafSetEntryNode<?> item : items.body()) {
            boolean isSame =
                intended instanceof LeafSetNode<?> same && same.childByArg(item.name()) != null;
            value(item.name(), isSame, inherited);
          }
        }
        case ContainerNode container ->
            inner(
                schema,
                container,
                container.name(),
                intended instanceof ContainerNode same ? same : null,
                inherited);
        case MapNode list -> {
          for (MapEntryNode entry : list.body()) {
            inner(
                schema,
                entry,
                entry.name(),
                intended instanceof MapNode same ? same.childByArg(entry.name()) : null,
                inherited);
          }
        }
        default -> {} // Lists without keys are state.
      }
    }

    private void value(PathArgument id, boolean isIntended, @Nullable Origin inherited) {
      path.addLast(id);
      Origin own =
          isIntended ? Origin.INTENDED : defaults.contains(path) ? Origin.DEFAULT : Origin.SYSTEM;
      note(own, inherited);
      path.removeLast();
    }

    // What a container without presence comes from does not matter but for what inherits it.
    private void inner(
        NodeSchema schema,
        DataContainerNode node,
        PathArgument id,
        @Nullable DataContainerNode intended,
        @Nullable Origin inherited) {
      boolean isImplied = schema.kind() == NodeSchema.Kind.CONTAINER && !schema.isPresence();
      Origin own =
          intended != null
              ? Origin.INTENDED
              : !isImplied ? Origin.SYSTEM : inherited == null ? Origin.DEFAULT : inherited;
      path.addLast(id);
      note(own, inherited);
      children(schema, node, intended, own);
      path.removeLast();
    }

    private void note(Origin own, @Nullable Origin inherited) {
      if (own != inherited) {
        changes.put(List.copyOf(path), own);
      }
    }
  }
}
