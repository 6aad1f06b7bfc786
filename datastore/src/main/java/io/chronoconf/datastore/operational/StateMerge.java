package io.chronoconf.datastore.operational;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Lays one tree over another: containers and list entries become one, everything else is replaced.
final class StateMerge {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private StateMerge() {}

  static DataContainerChild over(DataContainerChild under, DataContainerChild over) {
    if (under instanceof ContainerNode below && over instanceof ContainerNode above) {
      return children(NODES.newContainerBuilder(below), below, above);
    }
    if (under instanceof ChoiceNode below && over instanceof ChoiceNode above) {
      return children(NODES.newChoiceBuilder(below), below, above);
    }
    if (under instanceof SystemMapNode below && over instanceof SystemMapNode above) {
      SystemMapNode.Builder builder = NODES.newSystemMapBuilder(below);
      above.body().forEach(e -> builder.withChild(entry(below.childByArg(e.name()), e)));
      return builder.build();
    }
    if (under instanceof UserMapNode below && over instanceof UserMapNode above) {
      UserMapNode.Builder builder = NODES.newUserMapBuilder(below);
      above.body().forEach(e -> builder.withChild(entry(below.childByArg(e.name()), e)));
      return builder.build();
    }
    return over;
  }

  private static MapEntryNode entry(@Nullable MapEntryNode under, MapEntryNode over) {
    return under == null ? over : children(NODES.newMapEntryBuilder(under), under, over);
  }

  private static <N extends DataContainerNode> N children(
      DataContainerNodeBuilder<?, N> builder, DataContainerNode under, DataContainerNode over) {
    for (DataContainerChild child : over.body()) {
      DataContainerChild below = under.childByArg(child.name());
      builder.withChild(below == null ? child : over(below, child));
    }
    return builder.build();
  }
}
