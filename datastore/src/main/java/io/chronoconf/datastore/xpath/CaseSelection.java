package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// Which cases of choices the data selects (RFC 7950 section 7.9).
public final class CaseSelection {
  private CaseSelection() {}

  /// True if nodes of all those cases are in the data.
  ///
  /// @param parent the data of the parent, null if there is none
  public static boolean isSelected(@Nullable DataContainerNode parent, List<CaseStep> steps) {
    DataContainerNode at = parent;
    for (CaseStep step : steps) {
      ChoiceNode choice = choice(at, step.choice());
      if (choice == null || !holds(choice, step.chosen())) {
        return false;
      }
      at = choice;
    }
    return true;
  }

  /// True if a node of any case of the choice is in the data.
  ///
  /// @param around the cases around the choice
  public static boolean isMade(
      @Nullable DataContainerNode parent, List<CaseStep> around, ChoiceSchemaNode choice) {
    DataContainerNode at = parent;
    for (CaseStep step : around) {
      at = choice(at, step.choice());
    }
    ChoiceNode made = choice(at, choice);
    return made != null && !made.isEmpty();
  }

  /// True if defaults inside those cases count: each is selected, or is the default case of a
  /// choice of which no case is selected (section 7.9.3).
  public static boolean isInUse(@Nullable DataContainerNode parent, List<CaseStep> steps) {
    DataContainerNode at = parent;
    for (CaseStep step : steps) {
      ChoiceNode choice = choice(at, step.choice());
      if (choice == null || choice.isEmpty()) {
        Optional<CaseSchemaNode> standard = step.choice().getDefaultCase();
        if (standard.isEmpty() || !standard.get().getQName().equals(step.chosen().getQName())) {
          return false;
        }
        at = null;
      } else if (holds(choice, step.chosen())) {
        at = choice;
      } else {
        return false;
      }
    }
    return true;
  }

  private static @Nullable ChoiceNode choice(
      @Nullable DataContainerNode at, ChoiceSchemaNode choice) {
    return at != null
            && at.childByArg(NodeIdentifier.create(choice.getQName())) instanceof ChoiceNode node
        ? node
        : null;
  }

  private static boolean holds(ChoiceNode choice, CaseSchemaNode chosen) {
    return choice.body().stream()
        .anyMatch(node -> chosen.dataChildByName(node.name().getNodeType()) != null);
  }
}
