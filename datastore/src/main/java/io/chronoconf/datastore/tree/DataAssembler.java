package io.chronoconf.datastore.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Collects the children of one data node and puts each into its choices. Used by one thread.
public final class DataAssembler {
  private final Map<NodeIdentifier, DataContainerChild> nodes = new LinkedHashMap<>();
  private final Map<NodeIdentifier, DataAssembler> choices = new LinkedHashMap<>();

  /// Adds a child, or replaces it.
  ///
  /// @param schema of the child
  public void put(NodeSchema schema, DataContainerChild node) {
    DataAssembler at = this;
    for (NodeSchema.CaseStep step : schema.choices()) {
      at = at.choices.computeIfAbsent(step.id(), _ -> new DataAssembler());
    }
    at.nodes.put(schema.id(), node);
  }

  /// A child that stands in no choice.
  Optional<DataContainerChild> get(NodeIdentifier id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /// Gives all children to a builder.
  public void into(DataContainerNodeBuilder<?, ?> builder) {
    nodes.values().forEach(builder::withChild);
    choices.forEach(
        (id, inside) -> {
          ChoiceNode.Builder choice = ImmutableNodes.builderFactory().newChoiceBuilder();
          choice.withNodeIdentifier(id);
          inside.into(choice);
          builder.withChild(choice.build());
        });
  }
}
