package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A subtree filter (RFC 6241 section 6), resolved against the schema. Immutable; any thread.
public final class SubtreeFilter implements DataFilter {
  /// How many elements a filter may hold.
  public static final int MAX_NODES = 100_000;

  /// How deep a filter may nest.
  public static final int MAX_DEPTH = 64;

  private final SiblingSet top;

  private SubtreeFilter(SiblingSet top) {
    this.top = top;
  }

  /// Reads a filter.
  ///
  /// @param root the schema's root
  /// @param reader stands on the start of the `filter` element; on return it stands on its end
  /// @throws RpcException if it is too large; names that no module has are fine and select nothing
  public static SubtreeFilter read(NodeSchema root, XMLStreamReader reader)
      throws XMLStreamException, RpcException {
    return new SubtreeFilter(new SubtreeFilterReader(reader).readTop(root));
  }

  /// The top-level nodes that can be in the outcome.
  public Set<QName> roots() {
    return Set.copyOf(top.wantedChildren());
  }

  /// What the filter wants of a tree, as a tree.
  ///
  /// @param root the schema's root
  public ContainerNode select(NodeSchema root, ContainerNode tree) {
    return select(root, tree, TreeDepth.UNBOUNDED);
  }

  /// The same with a limit to what is shown of the selected nodes.
  ///
  /// @param levels 1 is without their children
  public ContainerNode select(NodeSchema root, ContainerNode tree, int levels) {
    return SubtreeSelection.of(root, tree, top, levels);
  }

  SiblingSet top() {
    return top;
  }
}
