package io.chronoconf.datastore.change;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.applied;
import static io.chronoconf.datastore.testing.Trees.top;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TreeChangesTest {
  private static final String BEFORE =
      "<number>1</number><types><text>a</text></types>"
          + "<person><name>ann</name><age>1</age></person>"
          + "<rule><name>a</name></rule><rule><name>b</name></rule><rule><name>c</name></rule>"
          + "<word>x</word><word>y</word>";

  /// An edit and the changes that it makes.
  private record Row(String edit, List<String> changes) {
    Row(String edit, String... changes) {
      this(edit, List.of(changes));
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("<types><text>a</text></types>"),
          new Row("<types><text>b</text></types>", "replace /test-all:top/types/text"),
          new Row("<types><uint8>1</uint8></types>", "create /test-all:top/types/uint8"),
          new Row("<types nc:operation='delete'/>", "delete /test-all:top/types"),
          new Row("<number>2</number>", "create /test-all:top/number=2"),
          new Row("<hue>red</hue>", "insert /test-all:top/hue=test-all%3Ared first"),
          new Row("<number nc:operation='delete'>1</number>", "delete /test-all:top/number=1"),
          new Row(
              "<person><name>ann</name><age>2</age></person>",
              "replace /test-all:top/person=ann/age"),
          new Row(
              "<person><name>a/b, c%</name></person>",
              "create /test-all:top/person=a%2Fb%2C%20c%25"),
          new Row(
              "<person><name>ann</name><pet><kind>cat</kind><number>1</number></pet></person>",
              "create /test-all:top/person=ann/pet=cat,1"),
          new Row(
              "<rule yang:insert='first'><name>c</name></rule>", "move /test-all:top/rule=c first"),
          new Row(
              "<rule yang:insert='first'><name>d</name></rule>",
              "insert /test-all:top/rule=d first"),
          new Row(
              "<rule yang:insert='after' yang:key=\"[name='a']\"><name>d</name></rule>",
              "insert /test-all:top/rule=d after /test-all:top/rule=a"),
          new Row(
              "<rule nc:operation='delete'><name>a</name></rule>"
                  + "<rule yang:insert='first'><name>c</name><action>go</action></rule>",
              "delete /test-all:top/rule=a",
              "move /test-all:top/rule=c first",
              "create /test-all:top/rule=c/action"),
          new Row("<word yang:insert='first'>z</word>", "insert /test-all:top/word=z first"));

  private static String text(TreeChange change) {
    boolean isOrdered =
        change.operation() == TreeChange.Operation.INSERT
            || change.operation() == TreeChange.Operation.MOVE;
    return change.operation().wire()
        + " "
        + ResourcePath.of(change.target())
        + (isOrdered
            ? change.after().map(a -> " after " + ResourcePath.of(a)).orElse(" first")
            : "");
  }

  @TestFactory
  Stream<DynamicTest> findsWhatAnEditChanged() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.edit(),
                    () ->
                        assertEquals(
                            row.changes(),
                            TreeChanges.between(ROOT, top(BEFORE), applied(top(BEFORE), row.edit()))
                                .stream()
                                .map(TreeChangesTest::text)
                                .toList())));
  }

  @Test
  void givesTheTopmostNodeThatIsNew() throws Exception {
    List<TreeChange> changes = TreeChanges.between(ROOT, EMPTY, top(BEFORE));
    assertEquals(
        List.of("create /test-all:top"), changes.stream().map(TreeChangesTest::text).toList());
    assertEquals(top(BEFORE).body().iterator().next(), changes.getFirst().value().orElseThrow());
  }
}
