package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;

/// A container, list entry or choice while an edit changes it. What the edit does not touch is
/// shared with the original, and an edit that changes nothing gives the original back, so that
/// identity tells later what is unchanged. Used by one thread.
final class NodeDraft {
  static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private enum Shape {
    CONTAINER,
    ENTRY,
    CHOICE
  }

  private final Shape shape;
  private final NodeIdentifier id;
  private final @Nullable NodeIdentifierWithPredicates keys;
  private final @Nullable DataContainerNode original;
  private final Map<NodeIdentifier, Optional<DataContainerChild>> changes = new LinkedHashMap<>();
  private final Map<NodeIdentifier, NodeDraft> choices = new LinkedHashMap<>();
  private final Map<NodeIdentifier, EntriesDraft> lists = new LinkedHashMap<>();

  private NodeDraft(
      Shape shape,
      NodeIdentifier id,
      @Nullable NodeIdentifierWithPredicates keys,
      @Nullable DataContainerNode original) {
    this.shape = shape;
    this.id = id;
    this.keys = keys;
    this.original = original;
  }

  static NodeDraft container(NodeIdentifier id, @Nullable DataContainerNode original) {
    return new NodeDraft(Shape.CONTAINER, id, null, original);
  }

  static NodeDraft entry(NodeIdentifierWithPredicates keys, @Nullable DataContainerNode original) {
    return new NodeDraft(Shape.ENTRY, NodeIdentifier.create(keys.getNodeType()), keys, original);
  }

  /// A container or leaf as it is now.
  @Nullable DataContainerChild get(NodeSchema child) {
    return holder(child).direct(child.id());
  }

  /// Sets a container or leaf; nodes of other cases go (RFC 7950 section 7.9).
  void put(NodeSchema child, DataContainerChild node) {
    claimCases(child);
    DataContainerChild known = holder(child).direct(child.id());
    if (!same(known, node)) {
      holder(child).changes.put(child.id(), Optional.of(node));
    }
  }

  /// Removes a container or leaf, if it is there.
  void remove(NodeSchema child) {
    NodeDraft holder = holder(child);
    if (holder.direct(child.id()) != null) {
      holder.changes.put(child.id(), Optional.empty());
    }
  }

  /// The entries of a list or leaf-list, to be changed in place.
  EntriesDraft entries(NodeSchema list) {
    NodeDraft holder = holder(list);
    return holder.lists.computeIfAbsent(
        list.id(), key -> new EntriesDraft(list, holder.direct(key)));
  }

  /// Removes what stands in other cases than the one that the child is in.
  void claimCases(NodeSchema child) {
    NodeDraft at = this;
    for (CaseStep step : child.choices()) {
      at = at.choice(step.id());
      at.keepOnly(step.chosen());
    }
  }

  private void keepOnly(CaseSchemaNode chosen) {
    Set<NodeIdentifier> present = new LinkedHashSet<>(changes.keySet());
    present.addAll(choices.keySet());
    present.addAll(lists.keySet());
    if (original != null) {
      original.body().forEach(node -> present.add(node.name()));
    }
    for (NodeIdentifier node : present) {
      QName name = node.getNodeType();
      if (chosen.dataChildByName(name) == null) {
        choices.remove(node);
        lists.remove(node);
        changes.put(node, Optional.empty());
      }
    }
  }

  /// The result; null if nothing is left in it, except for list entries, which always remain.
  @Nullable DataContainerNode build() {
    lists.forEach((list, draft) -> settle(list, draft.build()));
    choices.forEach((choice, draft) -> settle(choice, (DataContainerChild) draft.build()));
    boolean isChanged = false;
    for (Map.Entry<NodeIdentifier, Optional<DataContainerChild>> change : changes.entrySet()) {
      isChanged |= !isOriginal(change.getKey(), change.getValue());
    }
    if (!isChanged && original != null) {
      return original;
    }
    DataContainerNodeBuilder<?, ? extends DataContainerNode> builder = builder();
    changes.forEach(
        (child, node) ->
            node.ifPresentOrElse(builder::withChild, () -> builder.withoutChild(child)));
    DataContainerNode built = builder.build();
    return built.isEmpty() ? null : built;
  }

  /// The result of a container that stays even if it is empty.
  ContainerNode buildContainer() {
    DataContainerNode built = build();
    return built instanceof ContainerNode container
        ? container
        : NODES.newContainerBuilder().withNodeIdentifier(id).build();
  }

  /// The result of a list entry.
  MapEntryNode buildEntry() {
    return (MapEntryNode) Objects.requireNonNull(build(), "an entry has its keys");
  }

  private void settle(NodeIdentifier child, @Nullable DataContainerChild node) {
    changes.put(child, Optional.ofNullable(node));
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isOriginal(NodeIdentifier child, Optional<DataContainerChild> node) {
    DataContainerChild before = original == null ? null : original.childByArg(child);
    return before == node.orElse(null);
  }

  private DataContainerNodeBuilder<?, ? extends DataContainerNode> builder() {
    return switch (shape) {
      case CONTAINER ->
          original instanceof ContainerNode container
              ? NODES.newContainerBuilder(container)
              : NODES.newContainerBuilder().withNodeIdentifier(id);
      case CHOICE ->
          original instanceof ChoiceNode choice
              ? NODES.newChoiceBuilder(choice)
              : NODES.newChoiceBuilder().withNodeIdentifier(id);
      case ENTRY ->
          original instanceof MapEntryNode entry
              ? NODES.newMapEntryBuilder(entry)
              : newEntry(Objects.requireNonNull(keys));
    };
  }

  private static MapEntryNode.Builder newEntry(NodeIdentifierWithPredicates keys) {
    MapEntryNode.Builder builder = NODES.newMapEntryBuilder();
    builder.withNodeIdentifier(keys);
    keys.entrySet()
        .forEach(key -> builder.withChild(ImmutableNodes.leafNode(key.getKey(), key.getValue())));
    return builder;
  }

  private NodeDraft holder(NodeSchema child) {
    NodeDraft at = this;
    for (CaseStep step : child.choices()) {
      at = at.choice(step.id());
    }
    return at;
  }

  private NodeDraft choice(NodeIdentifier choice) {
    return choices.computeIfAbsent(
        choice,
        key ->
            new NodeDraft(
                Shape.CHOICE, key, null, direct(key) instanceof ChoiceNode node ? node : null));
  }

  private @Nullable DataContainerChild direct(NodeIdentifier child) {
    Optional<DataContainerChild> change = changes.get(child);
    if (change != null) {
      return change.orElse(null);
    }
    return original == null ? null : original.childByArg(child);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(@Nullable DataContainerChild before, DataContainerChild after) {
    return before == after
        || (before instanceof LeafNode<?> old
            && after instanceof LeafNode<?> fresh
            && Objects.deepEquals(old.body(), fresh.body()));
  }
}
