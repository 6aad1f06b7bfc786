package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.edit.EditNode.Insert;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Applies an edit to a tree, giving a new tree (RFC 6241 section 7.2, RFC 7950 section 8.3.2). The
/// cost follows the edit, not the tree. What does not change is shared between both.
public final class EditApplier {
  /// What became of an edit.
  ///
  /// @param tree the tree afterwards, as far as the error option lets the edit go
  /// @param errors what could not be done
  public record Result(ContainerNode tree, List<RpcError> errors) {
    public Result {
      errors = List.copyOf(errors);
    }
  }

  private final boolean stopsOnError;
  private final List<RpcError> errors = new ArrayList<>();

  private EditApplier(boolean stopsOnError) {
    this.stopsOnError = stopsOnError;
  }

  /// Applies the edit of a request.
  ///
  /// @param root the schema's root
  /// @param tree the tree before
  public static Result apply(NodeSchema root, ContainerNode tree, EditRequest request) {
    ErrorOption option = request.errorOption();
    EditApplier applier = new EditApplier(option != ErrorOption.CONTINUE_ON_ERROR);
    boolean startsEmpty = request.defaultOperation() == EditOperation.REPLACE;
    NodeDraft draft = NodeDraft.container(root.id(), startsEmpty ? null : tree);
    applier.applyAll(
        DataPath.root(root), draft, request.edit().roots(), request.defaultOperation());
    boolean isUndone = option == ErrorOption.ROLLBACK_ON_ERROR && !applier.errors.isEmpty();
    return new Result(isUndone ? tree : draft.buildContainer(), applier.errors);
  }

  private void applyAll(
      DataPath path, NodeDraft draft, List<EditNode> nodes, EditOperation inherited) {
    for (EditNode node : nodes) {
      if (stopsOnError && !errors.isEmpty()) {
        return;
      }
      EditOperation operation = node.operation().orElse(inherited);
      switch (node) {
        case EditNode.Container container -> applyContainer(path, draft, container, operation);
        case EditNode.Entry entry -> applyEntry(path, draft, entry, operation);
        case EditNode.Leaf leaf -> applyLeaf(path, draft, leaf, operation);
        case EditNode.Item item -> applyItem(path, draft, item, operation);
      }
    }
  }

  private void applyContainer(
      DataPath parent, NodeDraft draft, EditNode.Container edit, EditOperation operation) {
    NodeSchema schema = edit.schema();
    DataPath path = parent.child(schema);
    DataContainerChild known = draft.get(schema);
    // A container without presence is always there; only its content can be missing.
    boolean mayPass = operation == EditOperation.NONE && !schema.isPresence();
    if (!mayPass && isRefused(path, known != null, operation)) {
      return;
    }
    if (operation.isDeletion()) {
      draft.remove(schema);
      return;
    }
    DataContainerNode before =
        operation != EditOperation.REPLACE && known instanceof DataContainerNode node ? node : null;
    NodeDraft inner = NodeDraft.container(schema.id(), before);
    applyAll(path, inner, edit.children(), operation);
    ContainerNode after = inner.buildContainer();
    if (after.isEmpty() && !schema.isPresence()) {
      draft.remove(schema);
    } else {
      draft.put(schema, after);
    }
  }

  private void applyEntry(
      DataPath parent, NodeDraft draft, EditNode.Entry edit, EditOperation operation) {
    NodeSchema schema = edit.schema();
    DataPath path = parent.entry(schema, edit.id());
    EntriesDraft entries = draft.entries(schema);
    NormalizedNode known = entries.get(edit.id());
    if (isRefused(path, known != null, operation)
        || isMisplaced(path, entries, edit.insert(), operation)) {
      return;
    }
    if (operation.isDeletion()) {
      entries.remove(edit.id());
      return;
    }
    DataContainerNode before =
        operation != EditOperation.REPLACE && known instanceof DataContainerNode node ? node : null;
    NodeDraft inner = NodeDraft.entry(edit.id(), before);
    applyAll(path, inner, edit.children(), operation);
    NormalizedNode after = inner.buildEntry();
    place(draft, schema, edit.id(), after, edit.insert());
  }

  private void applyItem(
      DataPath parent, NodeDraft draft, EditNode.Item edit, EditOperation operation) {
    NodeSchema schema = edit.schema();
    DataPath path = parent.item(schema, edit.id());
    EntriesDraft entries = draft.entries(schema);
    NormalizedNode known = entries.get(edit.id());
    if (isRefused(path, known != null, operation)
        || isMisplaced(path, entries, edit.insert(), operation)) {
      return;
    }
    switch (operation) {
      case DELETE, REMOVE -> entries.remove(edit.id());
      case NONE -> {}
      case MERGE, REPLACE, CREATE ->
          place(
              draft,
              schema,
              edit.id(),
              known == null ? ImmutableNodes.leafSetEntry(edit.id()) : known,
              edit.insert());
    }
  }

  private void applyLeaf(
      DataPath parent, NodeDraft draft, EditNode.Leaf edit, EditOperation operation) {
    NodeSchema schema = edit.schema();
    if (isRefused(parent.child(schema), draft.get(schema) != null, operation)) {
      return;
    }
    switch (operation) {
      case DELETE, REMOVE -> draft.remove(schema);
      case NONE -> {}
      case MERGE, REPLACE, CREATE ->
          edit.value().ifPresent(v -> draft.put(schema, ImmutableNodes.leafNode(schema.id(), v)));
    }
  }

  private static void place(
      NodeDraft draft,
      NodeSchema schema,
      PathArgument id,
      NormalizedNode node,
      Optional<Insert> insert) {
    draft.claimCases(schema);
    EntriesDraft entries = draft.entries(schema);
    entries.put(id, node);
    insert.ifPresent(where -> entries.move(id, where));
  }

  private boolean isRefused(DataPath path, boolean exists, EditOperation operation) {
    RpcError error =
        switch (operation) {
          case CREATE -> exists ? EditErrors.dataExists(path) : null;
          case DELETE, NONE -> exists ? null : EditErrors.dataMissing(path, operation);
          case MERGE, REPLACE, REMOVE -> null;
        };
    return isRefused(error);
  }

  private boolean isMisplaced(
      DataPath path, EntriesDraft entries, Optional<Insert> insert, EditOperation operation) {
    if (insert.isEmpty() || operation == EditOperation.REMOVE) {
      return false;
    }
    String attribute = path.schema().kind() == NodeSchema.Kind.LIST ? "key" : "value";
    PathArgument target =
        switch (insert.get()) {
          case Insert.First _, Insert.Last _ -> null;
          case Insert.Before before -> before.target();
          case Insert.After after -> after.target();
        };
    boolean isMissing = target != null && entries.get(target) == null;
    return isRefused(isMissing ? EditErrors.missingInstance(path, attribute) : null);
  }

  private boolean isRefused(@Nullable RpcError error) {
    if (error == null) {
      return false;
    }
    errors.add(error);
    return true;
  }
}
