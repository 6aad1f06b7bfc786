package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.AugmentationSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.UsesNode;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;

/// Finds all `when` statements that a node's existence depends on. yangtools keeps those of the
/// node itself, of choices and of cases with them; what an `augment` or a `uses` demands of the
/// nodes that it brings has to be looked up there. Any thread.
final class WhenFinder {
  /// Statements that bring nodes into a place of the schema tree.
  private record Scope(DataNodeContainer container, QNameModule module, boolean isAugment) {}

  private final EffectiveModelContext schema;
  private final Map<List<QName>, List<Scope>> augments = new HashMap<>();

  WhenFinder(EffectiveModelContext schema) {
    this.schema = schema;
    for (Module module : schema.getModules()) {
      for (AugmentationSchemaNode augment : module.getAugmentations()) {
        augments
            .computeIfAbsent(
                List.copyOf(augment.getTargetPath().getNodeIdentifiers()), p -> new ArrayList<>())
            .add(new Scope(augment, module.getQNameModule(), true));
      }
    }
  }

  /// The conditions on a data node, those of choices and cases around it included.
  List<When> of(NodeSchema node) {
    if (node.kind() == Kind.ROOT) {
      return List.of();
    }
    Way way = new Way(node.parent().orElseThrow());
    List<When> whens = new ArrayList<>();
    node.choices().forEach(step -> way.enter(step, whens));
    way.brought(node.name(), whens);
    own(node.yang(), false, whens);
    return List.copyOf(whens);
  }

  /// The conditions on a choice below a data node.
  List<When> of(NodeSchema parent, List<CaseStep> around, WhenConditionAware choice, QName name) {
    Way way = new Way(parent);
    List<When> whens = new ArrayList<>();
    around.forEach(step -> way.enter(step, whens));
    way.brought(name, whens);
    own(choice, true, whens);
    return List.copyOf(whens);
  }

  /// The schema nodes from the root down to where a node hangs.
  private final class Way {
    private final List<QName> names = new ArrayList<>();
    private final List<Optional<DataNodeContainer>> nodes = new ArrayList<>();

    Way(NodeSchema dataNode) {
      List<NodeSchema> down = new ArrayList<>();
      for (NodeSchema at = dataNode; at.kind() != Kind.ROOT; at = at.parent().orElseThrow()) {
        down.addFirst(at);
      }
      for (NodeSchema at : down) {
        at.rpc().ifPresent(this::addRpc);
        at.choices().forEach(this::add);
        add(at.yang());
      }
    }

    private void addRpc(QName rpc) {
      names.add(rpc);
      nodes.add(Optional.empty());
    }

    private void add(CaseStep step) {
      add(step.choice());
      add(step.chosen());
    }

    private void add(DataSchemaNode node) {
      names.add(node.getQName());
      nodes.add(
          node instanceof DataNodeContainer container ? Optional.of(container) : Optional.empty());
    }

    /// Goes on through a choice and its case, whose conditions count.
    void enter(CaseStep step, List<When> into) {
      brought(step.choice().getQName(), into);
      own(step.choice(), true, into);
      add(step.choice());
      brought(step.chosen().getQName(), into);
      own(step.chosen(), true, into);
      add(step.chosen());
    }

    /// The conditions of the augments and uses that bring a child of this name.
    void brought(QName name, List<When> into) {
      for (int depth = 0; depth <= names.size(); depth++) {
        List<QName> below = names.subList(depth, names.size());
        for (Scope scope : scopes(depth, name)) {
          if (scope.isAugment() && below.isEmpty() && has(scope.container(), name)) {
            own((WhenConditionAware) scope.container(), true, into);
          }
          uses(scope.container().getUses(), scope.module(), below, name, into);
        }
      }
    }

    /// The statements that may bring something below the node at that depth.
    private List<Scope> scopes(int depth, QName name) {
      List<Scope> found =
          new ArrayList<>(augments.getOrDefault(names.subList(0, depth), List.of()));
      if (depth == 0) {
        QNameModule top = (names.isEmpty() ? name : names.getFirst()).getModule();
        schema.findModule(top).ifPresent(module -> found.add(new Scope(module, top, false)));
      } else {
        QNameModule module = names.get(depth - 1).getModule();
        nodes.get(depth - 1).ifPresent(node -> found.add(new Scope(node, module, false)));
      }
      return found;
    }
  }

  private static void uses(
      Collection<? extends UsesNode> all,
      QNameModule module,
      List<QName> below,
      QName name,
      List<When> into) {
    for (UsesNode uses : all) {
      if (below.isEmpty() && brings(uses.getSourceGrouping(), module, name)) {
        own(uses, true, into);
      }
      for (AugmentationSchemaNode augment : uses.getAugmentations()) {
        List<QName> target = List.copyOf(augment.getTargetPath().getNodeIdentifiers());
        if (!below.isEmpty() && isSame(target, below) && brings(augment, module, name)) {
          own(augment, true, into);
          uses(augment.getUses(), module, List.of(), name, into);
        }
      }
      uses(uses.getSourceGrouping().getUses(), module, below, name, into);
    }
  }

  /// Nodes of a grouping are of the module that uses it.
  private static boolean brings(DataNodeContainer grouping, QNameModule module, QName name) {
    return name.getModule().equals(module)
        && grouping.getChildNodes().stream()
            .anyMatch(child -> child.getQName().getLocalName().equals(name.getLocalName()));
  }

  private static boolean has(DataNodeContainer augment, QName name) {
    return augment.getChildNodes().stream().anyMatch(child -> child.getQName().equals(name));
  }

  private static boolean isSame(List<QName> target, List<QName> below) {
    return target.stream()
        .map(QName::getLocalName)
        .toList()
        .equals(below.stream().map(QName::getLocalName).toList());
  }

  private static void own(WhenConditionAware aware, boolean isOfParent, List<When> into) {
    aware
        .getWhenCondition()
        .ifPresent(when -> into.add(new When(when, ConstraintText.of(aware), isOfParent)));
  }
}
