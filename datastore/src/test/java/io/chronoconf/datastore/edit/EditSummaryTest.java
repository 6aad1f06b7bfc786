package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.top;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.datastore.error.RpcException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class EditSummaryTest {
  private static String summary(ContainerNode before, ContainerNode after) {
    EditTree difference = EditDiff.between(ROOT, before, after, EditScope.everything());
    List<EditSummary.Change> changes = EditSummary.of(ROOT, before, difference);
    return changes.stream()
        .map(c -> c.operation().wire() + " " + c.target())
        .collect(Collectors.joining("; "))
        .replaceAll("\\w+:", "");
  }

  @Test
  void namesTheTopmostNode() throws RpcException {
    assertEquals("create /top", summary(EMPTY, top("<wheels>4</wheels>")));
    assertEquals("delete /top", summary(top("<wheels>4</wheels>"), EMPTY));
    assertEquals(
        "create /top/present",
        summary(top("<wheels>4</wheels>"), top("<wheels>4</wheels><present/>")));
  }

  @Test
  void tellsValuesEntriesAndItemsApart() throws RpcException {
    ContainerNode before =
        top(
            "<types><text>1</text></types><person><name>a</name></person>"
                + "<person><name>b</name></person><number>1</number><wheels>4</wheels>");
    ContainerNode after =
        top(
            "<types><text>2</text></types><person><name>b</name><pet><kind>1</kind><number>1</number></pet></person>"
                + "<person><name>c</name></person><number>2</number><propeller>p</propeller>");
    List<String> changes =
        List.of(summary(before, after).split("; ", -1)).stream().sorted().toList();
    assertEquals(
        List.of(
            "create /top/number[.='2']",
            "create /top/person[name='b']/pet[kind='1'][number='1']",
            "create /top/person[name='c']",
            "create /top/propeller",
            "delete /top/number[.='1']",
            "delete /top/person[name='a']",
            "delete /top/wheels",
            "replace /top/types/text"),
        changes);
  }

  @Test
  void anEntryThatMovedIsMerged() throws RpcException {
    String a = "<rule><name>a</name></rule>";
    String b = "<rule><name>b</name></rule>";
    assertEquals("merge /top/rule[name='b']", summary(top(a + b), top(b + a)));
    assertEquals(
        "merge /top/word[.='y']",
        summary(top("<word>x</word><word>y</word>"), top("<word>y</word><word>x</word>")));
  }
}
