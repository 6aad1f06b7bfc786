package io.chronoconf.agent.model;

import com.ctc.wstx.stax.WstxInputFactory;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.yang.YangSchema;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Configurations out of XML, and trees as sorted texts.
public final class Trees {
  /// The agent's own schema.
  public static final YangSchema SCHEMA = YangSchema.load();

  /// Its root.
  public static final NodeSchema ROOT = NodeSchema.rootOf(SCHEMA.context());

  private Trees() {}

  /// The configuration that these top-level elements make.
  public static ContainerNode config(String xml) throws RpcException {
    return config(edit(xml));
  }

  /// The configuration that an edit makes of none.
  public static ContainerNode config(EditTree edit) throws RpcException {
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(ROOT.id()).build();
    return EditApplier.apply(ROOT, empty, EditRequest.of(edit)).tree();
  }

  /// The edit that these top-level elements make.
  public static EditTree edit(String xml) throws RpcException {
    try {
      XMLStreamReader reader =
          new WstxInputFactory()
              .createXMLStreamReader(new StringReader("<config>" + xml + "</config>"));
      reader.nextTag();
      return EditReader.read(ROOT, reader);
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Every leaf under its path, list entries by their keys:
  /// `ntp/association[10.0.0.1,client]/reach`.
  public static Map<String, String> leaves(NormalizedNode tree) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(String path, NormalizedNode node, Map<String, String> into) {
    String here = path + "/" + node.name().getNodeType().getLocalName();
    switch (node) {
      case LeafNode<?> leaf -> put(here, leaf.name().getNodeType(), text(leaf.body()), into);
      case LeafSetNode<?> set ->
          set.body().forEach(item -> into.merge(here, text(item.body()), (a, b) -> a + "," + b));
      case MapNode map -> map.body().forEach(entry -> collectEntry(here, entry, into));
      case DataContainerNode container ->
          DataChildren.all(container).forEach(child -> collect(here, child, into));
      default -> throw new IllegalArgumentException(node.toString());
    }
  }

  private static void collectEntry(String here, MapEntryNode entry, Map<String, String> into) {
    StringBuilder keys = new StringBuilder();
    entry.name().values().forEach(key -> keys.append(keys.isEmpty() ? "" : ",").append(text(key)));
    DataChildren.all(entry).forEach(child -> collect(here + "[" + keys + "]", child, into));
  }

  /// Two modules have leaves of one name: the extension's is told by a prefix.
  private static void put(String here, QName name, String text, Map<String, String> into) {
    boolean isExtension = name.getNamespace().toString().startsWith("urn:chronoconf:");
    int slash = here.lastIndexOf('/') + 1;
    into.put(isExtension ? here.substring(0, slash) + "+" + here.substring(slash) : here, text);
  }

  private static String text(Object value) {
    return value instanceof QName name ? name.getLocalName() : value.toString();
  }
}
