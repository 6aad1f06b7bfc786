package io.chronoconf.datastore.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;

/// The children of a tree node as data sees them: without the choices that yangtools keeps between.
public final class DataChildren {
  private DataChildren() {}

  /// One child, looked up through its choices.
  public static Optional<DataContainerChild> get(DataContainerNode parent, NodeSchema child) {
    DataContainerNode at = parent;
    for (NodeSchema.CaseStep step : child.choices()) {
      @Nullable DataContainerChild choice = at.childByArg(step.id());
      if (!(choice instanceof DataContainerNode inner)) {
        return Optional.empty();
      }
      at = inner;
    }
    return Optional.ofNullable(at.childByArg(child.id()));
  }

  /// All children, those inside choices in the place of the choice.
  public static List<DataContainerChild> all(DataContainerNode parent) {
    List<DataContainerChild> children = new ArrayList<>();
    collect(parent, children);
    return children;
  }

  private static void collect(DataContainerNode parent, List<DataContainerChild> into) {
    for (DataContainerChild child : parent.body()) {
      if (child instanceof ChoiceNode choice) {
        collect(choice, into);
      } else {
        into.add(child);
      }
    }
  }
}
