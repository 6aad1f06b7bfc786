package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Takes nodes out of a tree as one edit. yangtools' own data tree would refuse trees that break
/// the rules still to be checked.
final class RemovalEdit {
  private record Step(NodeSchema schema, PathArgument id) {}

  /// What goes below a node; nothing for a node that goes itself.
  private final Map<Step, RemovalEdit> below = new LinkedHashMap<>();

  private RemovalEdit() {}

  /// The tree without the nodes at these places.
  static ContainerNode apply(NodeSchema root, ContainerNode tree, List<DataPath> places) {
    RemovalEdit all = new RemovalEdit();
    for (DataPath place : places) {
      RemovalEdit at = all;
      for (Step step : steps(place)) {
        at = at.below.computeIfAbsent(step, s -> new RemovalEdit());
      }
    }
    EditRequest request =
        new EditRequest(
            new EditTree(all.edits()),
            EditOperation.NONE,
            TestOption.SET,
            ErrorOption.CONTINUE_ON_ERROR);
    return EditApplier.apply(root, tree, request).tree();
  }

  private static List<Step> steps(DataPath place) {
    List<Step> steps = new ArrayList<>();
    DataPath at = place;
    while (at.parent().isPresent()) {
      steps.addFirst(new Step(at.schema(), at.identifier().getLastPathArgument()));
      at = at.parent().get();
    }
    return steps;
  }

  private List<EditNode> edits() {
    List<EditNode> edits = new ArrayList<>();
    below.forEach((step, inside) -> edits.add(inside.edit(step)));
    return edits;
  }

  private EditNode edit(Step step) {
    Optional<EditOperation> operation =
        below.isEmpty() ? Optional.of(EditOperation.REMOVE) : Optional.empty();
    NodeSchema schema = step.schema();
    return switch (step.id()) {
      case NodeIdentifierWithPredicates keys ->
          new EditNode.Entry(schema, keys, operation, Optional.empty(), edits());
      case NodeWithValue<?> value -> new EditNode.Item(schema, value, operation, Optional.empty());
      default ->
          schema.kind() == NodeSchema.Kind.CONTAINER
              ? new EditNode.Container(schema, operation, edits())
              : new EditNode.Leaf(schema, operation, Optional.empty());
    };
  }
}
