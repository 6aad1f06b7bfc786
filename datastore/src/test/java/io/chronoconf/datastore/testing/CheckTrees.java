package io.chronoconf.datastore.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ctc.wstx.stax.WstxInputFactory;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathTree;
import io.chronoconf.yang.YangSchema;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Configurations of the modules `check` and `check-more` beside the agent's own, written as XML.
public final class CheckTrees {
  public static final YangSchema SCHEMA =
      YangSchema.load(List.of(Path.of("src/test/resources/yang-validate")));
  public static final NodeSchema ROOT = NodeSchema.rootOf(SCHEMA.context());
  public static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder().withNodeIdentifier(ROOT.id()).build();

  private CheckTrees() {}

  /// A configuration with these top-level elements.
  public static ContainerNode tree(String elements) throws XMLStreamException, RpcException {
    return tree(ROOT, elements);
  }

  /// A configuration of another schema.
  public static ContainerNode tree(NodeSchema root, String elements)
      throws XMLStreamException, RpcException {
    XMLStreamReader reader =
        new WstxInputFactory()
            .createXMLStreamReader(new StringReader("<config>" + elements + "</config>"));
    reader.nextTag();
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
    EditApplier.Result result =
        EditApplier.apply(root, empty, EditRequest.of(EditReader.read(root, reader)));
    assertEquals(List.of(), result.errors());
    return result.tree();
  }

  /// The accessible tree of a configuration with these top-level elements.
  public static XPathTree accessible(String elements) throws XMLStreamException, RpcException {
    return XPathTree.of(ROOT, tree(elements), new XPathBudget(XPathBudget.VALIDATION_STEPS));
  }

  /// The container `facts` with these leaves; the prefix is `c`.
  public static String facts(String leaves) {
    return "<facts xmlns='urn:test:check' xmlns:c='urn:test:check'>" + leaves + "</facts>";
  }

  /// An entry of the list `host`.
  public static String host(String name, String leaves) {
    return "<host xmlns='urn:test:check'><name>" + name + "</name>" + leaves + "</host>";
  }
}
