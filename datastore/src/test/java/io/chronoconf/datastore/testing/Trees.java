package io.chronoconf.datastore.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.function.Executable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.spi.source.URLYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserConfiguration;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/// Trees of the test modules, written as XML.
public final class Trees {
  public static final String ALL = "urn:test:all";
  public static final String OTHER = "urn:test:other";
  public static final EffectiveModelContext SCHEMA = parse();
  public static final NodeSchema ROOT = NodeSchema.rootOf(SCHEMA);
  public static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder().withNodeIdentifier(ROOT.id()).build();
  public static final QName TOP = QName.create(ALL, "2026-01-01", "top");

  private Trees() {}

  private static EffectiveModelContext parse() {
    try {
      YangParser parser =
          ServiceLoader.load(YangParserFactory.class)
              .findFirst()
              .orElseThrow()
              .createParser(YangParserConfiguration.DEFAULT);
      for (String module : List.of("test-all@2026-01-01", "test-other@2026-01-01")) {
        parser.addSource(
            new URLYangTextSource(Trees.class.getResource("/yang/" + module + ".yang")));
      }
      return parser.buildEffectiveModel();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static QName name(String local) {
    return QName.create(TOP, local);
  }

  /// An edit whose text may use the prefixes `nc` and `yang`.
  public static EditTree edit(String xml) throws RpcException {
    String document =
        "<config xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
            + " xmlns:yang='urn:ietf:params:xml:ns:yang:1'>"
            + xml
            + "</config>";
    return EditXml.read(ROOT, new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  /// An edit of what stands inside the container `top`.
  public static EditTree topEdit(String inner) throws RpcException {
    return edit("<top xmlns='" + ALL + "'>" + inner + "</top>");
  }

  /// A tree with that content in the container `top`.
  public static ContainerNode top(String inner) throws RpcException {
    return applied(EMPTY, inner);
  }

  /// The tree after an edit inside `top` that must succeed.
  public static ContainerNode applied(ContainerNode tree, String inner) throws RpcException {
    EditApplier.Result result = EditApplier.apply(ROOT, tree, EditRequest.of(topEdit(inner)));
    assertEquals(List.of(), result.errors());
    return result.tree();
  }

  /// What an edit inside `top` comes to.
  public static EditApplier.Result apply(
      ContainerNode tree, String inner, EditOperation defaultOperation, ErrorOption errorOption)
      throws RpcException {
    return EditApplier.apply(
        ROOT, tree, new EditRequest(topEdit(inner), defaultOperation, TestOption.SET, errorOption));
  }

  /// The tree as XML.
  public static String xml(ContainerNode tree) {
    return EditXml.write(EditDiff.of(ROOT, tree));
  }

  public static ConfigCursor cursor(ContainerNode tree) {
    return ConfigCursor.of(ROOT, tree).container(TOP).orElseThrow();
  }

  /// The one error of a refusal.
  public static RpcError refused(Executable action) {
    List<RpcError> errors = assertThrows(RpcException.class, action).errors();
    assertEquals(1, errors.size(), errors::toString);
    return errors.getFirst();
  }
}
