package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.edit;
import static io.chronoconf.datastore.testing.Trees.refused;
import static io.chronoconf.datastore.testing.Trees.xml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.change.TreeChanges;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What nobody here knows the meaning of is kept as it came (RFC 7950 section 7.10).
class AnydataTest {
  private static ContainerNode with(ContainerNode tree, String note) throws RpcException {
    EditTree edit = edit("<second xmlns='urn:test:all'>" + note + "</second>");
    EditApplier.Result result = EditApplier.apply(ROOT, tree, EditRequest.of(edit));
    assertEquals(List.of(), result.errors());
    return result.tree();
  }

  private static ContainerNode again(ContainerNode tree) throws RpcException {
    EditTree read =
        EditXml.read(ROOT, new ByteArrayInputStream(xml(tree).getBytes(StandardCharsets.UTF_8)));
    return EditApplier.apply(ROOT, EMPTY, EditRequest.of(read)).tree();
  }

  @Test
  void isKeptAsItCame() throws Exception {
    ContainerNode tree =
        with(
            EMPTY,
            "<note><a xmlns='urn:a' xmlns:p='urn:p' p:x='1'><b>p:text &amp; more</b></a>"
                + "<c xmlns=''/></note>");
    String written = xml(tree);
    assertTrue(written.contains("<b>p:text &amp; more</b>"), written);
    assertTrue(written.contains("xmlns:p=\"urn:p\""), written);
    assertEquals(tree, again(tree));
    assertEquals(written, xml(again(tree)));
  }

  @Test
  void isReplacedAsAWhole() throws Exception {
    ContainerNode one = with(EMPTY, "<note><a xmlns='urn:a'/></note>");
    ContainerNode two = with(one, "<note><b xmlns='urn:b'/></note>");
    assertEquals(with(EMPTY, "<note><b xmlns='urn:b'/></note>"), two);
    assertEquals(1, TreeChanges.between(ROOT, one, two).size());
    assertEquals(EMPTY, with(two, "<note nc:operation='delete'/>"));
  }

  @Test
  void mayBeEmpty() throws Exception {
    ContainerNode tree = with(EMPTY, "<note/>");
    assertEquals(tree, again(tree));
  }

  @Test
  void hasALimit() {
    assertEquals(
        ErrorTag.TOO_BIG,
        refused(
                () ->
                    with(
                        EMPTY,
                        "<note><a>" + "x".repeat(EditReader.MAX_TEXT_CHARS + 1) + "</a></note>"))
            .tag());
  }

  @Test
  void standsOnce() {
    assertEquals(ErrorTag.BAD_ELEMENT, refused(() -> with(EMPTY, "<note/><note/>")).tag());
  }
}
