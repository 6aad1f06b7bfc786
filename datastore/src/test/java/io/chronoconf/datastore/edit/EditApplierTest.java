package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.applied;
import static io.chronoconf.datastore.testing.Trees.apply;
import static io.chronoconf.datastore.testing.Trees.cursor;
import static io.chronoconf.datastore.testing.Trees.name;
import static io.chronoconf.datastore.testing.Trees.top;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class EditApplierTest {
  // A node of each kind that an operation can stand on: first as it may exist, then as edited.
  private static String before(String kind) {
    return switch (kind) {
      case "leaf" -> "<types><text>old</text></types>";
      case "container" -> "<present><level>1</level></present>";
      case "entry" -> "<person><name>a</name><age>1</age></person>";
      case "item" -> "<number>5</number>";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static String edited(String kind, String operation) {
    String attribute = operation.equals("none") ? "" : " nc:operation='" + operation + "'";
    return switch (kind) {
      case "leaf" -> "<types><text" + attribute + ">new</text></types>";
      case "container" -> "<present" + attribute + "/>";
      case "entry" ->
          "<person"
              + attribute
              + "><name>a</name>"
              + (operation.equals("none") ? "" : "<pet><kind>k</kind><number>1</number></pet>")
              + "</person>";
      case "item" -> "<number" + attribute + ">5</number>";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static String after(String kind, String operation) {
    return switch (kind) {
      case "leaf" -> "<types><text>new</text></types>";
      case "container" ->
          operation.equals("merge") ? "<present><level>1</level></present>" : "<present/>";
      case "entry" ->
          "<person><name>a</name>"
              + (operation.equals("merge") ? "<age>1</age>" : "")
              + "<pet><kind>k</kind><number>1</number></pet></person>";
      case "item" -> "<number>5</number>";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static EditApplier.Result run(String kind, String operation, ContainerNode tree)
      throws RpcException {
    EditOperation inherited = operation.equals("none") ? EditOperation.NONE : EditOperation.MERGE;
    return apply(tree, edited(kind, operation), inherited, ErrorOption.STOP_ON_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "leaf,merge",
    "leaf,replace",
    "container,merge",
    "container,replace",
    "entry,merge",
    "entry,replace",
    "item,merge",
    "item,replace"
  })
  void changesWhatExists(String kind, String operation) throws RpcException {
    EditApplier.Result result = run(kind, operation, top(before(kind)));
    assertEquals(List.of(), result.errors());
    assertEquals(top(after(kind, operation)), result.tree());
  }

  @ParameterizedTest
  @CsvSource({
    "leaf,merge", "leaf,replace", "leaf,create", "container,merge", "container,replace",
    "container,create", "entry,merge", "entry,replace", "entry,create", "item,merge",
    "item,replace", "item,create"
  })
  void createsWhatDoesNotExist(String kind, String operation) throws RpcException {
    EditApplier.Result result = run(kind, operation, EMPTY);
    assertEquals(List.of(), result.errors());
    assertEquals(top(after(kind, "create").replace("<age>1</age>", "")), result.tree());
  }

  @ParameterizedTest
  @CsvSource({
    "leaf,delete",
    "leaf,remove",
    "container,delete",
    "container,remove",
    "entry,delete",
    "entry,remove",
    "item,delete",
    "item,remove"
  })
  void deletesWhatExists(String kind, String operation) throws RpcException {
    EditApplier.Result result = run(kind, operation, top(before(kind)));
    assertEquals(List.of(), result.errors());
    assertEquals(EMPTY, result.tree());
  }

  @ParameterizedTest
  @CsvSource({
    "leaf,/t:top/t:types/t:text",
    "container,/t:top/t:present",
    "entry,/t:top/t:person[t:name='a']",
    "item,/t:top/t:number[.='5']"
  })
  void refusesWhatExistenceForbids(String kind, String path) throws RpcException {
    ContainerNode full = top(before(kind));
    EditApplier.Result created = run(kind, "create", full);
    assertError(ErrorTag.DATA_EXISTS, path, created);
    assertSame(full, created.tree());
    assertError(ErrorTag.DATA_MISSING, path, run(kind, "delete", EMPTY));
    assertError(ErrorTag.DATA_MISSING, path, run(kind, "none", EMPTY));
    assertSame(full, run(kind, "none", full).tree());
    EditApplier.Result removed = run(kind, "remove", EMPTY);
    assertEquals(List.of(), removed.errors());
    assertEquals(EMPTY, removed.tree());
  }

  private static void assertError(ErrorTag tag, String path, EditApplier.Result result) {
    assertEquals(1, result.errors().size());
    RpcError error = result.errors().getFirst();
    assertEquals(tag, error.tag());
    assertEquals(Optional.of(path), error.path().map(RpcError.ErrorPath::xpath));
  }

  @Test
  void deletesThroughNoneWithoutNeedingValues() throws RpcException {
    ContainerNode tree = top("<person><name>a</name><age>1</age></person>");
    EditApplier.Result result =
        apply(
            tree,
            "<person><name>a</name><age nc:operation='delete'/></person>",
            EditOperation.NONE,
            ErrorOption.STOP_ON_ERROR);
    assertEquals(List.of(), result.errors());
    assertEquals(top("<person><name>a</name></person>"), result.tree());
  }

  @Test
  void replacesTheWholeDatastoreByDefault() throws RpcException {
    EditApplier.Result result =
        apply(
            top("<number>1</number><types><text>x</text></types>"),
            "<number>2</number>",
            EditOperation.REPLACE,
            ErrorOption.STOP_ON_ERROR);
    assertEquals(top("<number>2</number>"), result.tree());
  }

  @Test
  void sharesWhatItDoesNotTouch() throws RpcException {
    ContainerNode tree = top("<types><text>x</text></types><number>1</number>");
    assertSame(tree, applied(tree, "<types><text>x</text></types><number>1</number>"));
    ContainerNode changed = applied(tree, "<number>2</number>");
    assertSame(cursorNode(tree, "types"), cursorNode(changed, "types"));
  }

  private static Object cursorNode(ContainerNode tree, String child) {
    ContainerNode top = (ContainerNode) tree.childByArg(ROOT.children().iterator().next().id());
    return io.chronoconf.datastore.tree.DataChildren.get(
            top, ROOT.children().iterator().next().child(name(child)).orElseThrow())
        .orElseThrow();
  }

  @Test
  void keepsContainersWithoutPresenceOnlyWhileTheyHoldSomething() throws RpcException {
    assertEquals(EMPTY, top("<types/>"));
    assertEquals(
        EMPTY,
        applied(
            top("<types><text>x</text></types>"), "<types><text nc:operation='delete'/></types>"));
    assertTrue(cursor(top("<present/>")).isExplicit(name("present")));
  }

  @Nested
  class Choices {
    @Test
    void settingOneCaseDeletesTheOthers() throws RpcException {
      ContainerNode land = top("<wheels>4</wheels><road>r</road>");
      assertEquals(top("<wings>2</wings>"), applied(land, "<wings>2</wings>"));
      assertEquals(
          top("<ship><name>s</name></ship>"), applied(land, "<ship><name>s</name></ship>"));
      assertEquals(
          top("<wheels>3</wheels>"),
          applied(top("<ship><name>s</name></ship>"), "<wheels>3</wheels>"));
    }

    @Test
    void nestedChoicesSwitchOnTheirOwn() throws RpcException {
      ContainerNode air = top("<wings>2</wings><jet>j</jet>");
      assertEquals(
          top("<wings>2</wings><propeller>p</propeller>"),
          applied(air, "<propeller>p</propeller>"));
      assertEquals(top("<wheels>4</wheels>"), applied(air, "<wheels>4</wheels>"));
    }

    @Test
    void removingFromAnotherCaseLeavesTheChosenOne() throws RpcException {
      ContainerNode air = top("<wings>2</wings>");
      assertSame(air, applied(air, "<wheels nc:operation='remove'/>"));
    }
  }

  @Nested
  class UserOrder {
    private static final String RULES =
        "<rule><name>a</name></rule><rule><name>b</name></rule><rule><name>c</name></rule>";

    private String order(ContainerNode tree) {
      return String.join(
          "",
          cursor(tree).list(name("rule")).stream()
              .map(rule -> rule.leaf(name("name"), String.class).orElseThrow())
              .toList());
    }

    private String rule(String attributes, String name) {
      return "<rule " + attributes + "><name>" + name + "</name></rule>";
    }

    @ParameterizedTest
    @CsvSource({
      "first,,d,dabc",
      "last,,d,abcd",
      "before,b,d,adbc",
      "after,b,d,abdc",
      "first,,c,cab",
      "last,,a,bca",
      "before,a,c,cab",
      "after,c,a,bca",
      "after,b,b,abc",
      "before,b,a,abc",
    })
    void insertsAndMovesEntries(String where, String target, String name, String order)
        throws RpcException {
      String key =
          target == null ? "" : "xmlns:x='urn:test:all' yang:key=\"[x:name='" + target + "']\"";
      ContainerNode tree = applied(top(RULES), rule("yang:insert='" + where + "' " + key, name));
      assertEquals(order, order(tree));
    }

    @Test
    void keepsThePlaceOfEntriesThatAreOnlyChanged() throws RpcException {
      ContainerNode tree = applied(top(RULES), "<rule><name>a</name><action>drop</action></rule>");
      assertEquals("abc", order(tree));
      assertEquals(
          "acb", order(applied(applied(tree, rule("nc:operation='delete'", "b")), rule("", "b"))));
    }

    @Test
    void refusesATargetThatDoesNotExist() throws RpcException {
      ContainerNode tree = top(RULES);
      EditApplier.Result result =
          apply(
              tree,
              rule("yang:insert='before' yang:key=\"[name='z']\"", "d"),
              EditOperation.MERGE,
              ErrorOption.STOP_ON_ERROR);
      assertError(ErrorTag.BAD_ATTRIBUTE, "/t:top/t:rule[t:name='d']", result);
      assertEquals(Optional.of("missing-instance"), result.errors().getFirst().appTag());
      assertSame(tree, result.tree());
    }

    @Test
    void ordersLeafLists() throws RpcException {
      ContainerNode tree = top("<word>a</word><word>b</word>");
      ContainerNode moved =
          applied(
              tree,
              "<word yang:insert='before' yang:value='a'>b</word>"
                  + "<word yang:insert='first'>c</word>");
      assertEquals(List.of("c", "b", "a"), cursor(moved).leafList(name("word"), String.class));
    }

    @Test
    void replacingAListTakesTheNewOrder() throws RpcException {
      EditApplier.Result result =
          apply(
              top(RULES),
              rule("", "c") + rule("", "a"),
              EditOperation.REPLACE,
              ErrorOption.STOP_ON_ERROR);
      assertEquals("ca", order(result.tree()));
    }
  }

  @Nested
  class ErrorOptions {
    private static final String EDIT =
        "<number>1</number><number nc:operation='delete'>2</number><number>3</number>"
            + "<word nc:operation='delete'>w</word><types><text>x</text></types>";

    @Test
    void stopKeepsWhatWasDoneBeforeTheError() throws RpcException {
      EditApplier.Result result =
          apply(EMPTY, EDIT, EditOperation.MERGE, ErrorOption.STOP_ON_ERROR);
      assertEquals(1, result.errors().size());
      assertEquals(top("<number>1</number>"), result.tree());
    }

    @Test
    void continueDoesAllThatCanBeDone() throws RpcException {
      EditApplier.Result result =
          apply(EMPTY, EDIT, EditOperation.MERGE, ErrorOption.CONTINUE_ON_ERROR);
      assertEquals(2, result.errors().size());
      assertEquals(
          top("<number>1</number><number>3</number><types><text>x</text></types>"), result.tree());
    }

    @Test
    void rollbackKeepsNothing() throws RpcException {
      EditApplier.Result result =
          apply(EMPTY, EDIT, EditOperation.MERGE, ErrorOption.ROLLBACK_ON_ERROR);
      assertEquals(1, result.errors().size());
      assertSame(EMPTY, result.tree());
    }
  }

  @Test
  void costsWhatTheEditCostsAndNotWhatTheTreeHolds() throws RpcException {
    StringBuilder people = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      people.append("<person><name>p").append(i).append("</name><age>1</age></person>");
    }
    ContainerNode tree = top(people.toString());
    EditRequest request =
        new EditRequest(
            topEdit("<person><name>p777</name><age>2</age></person>"),
            EditOperation.MERGE,
            TestOption.SET,
            ErrorOption.STOP_ON_ERROR);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      EditApplier.Result result = EditApplier.apply(ROOT, tree, request);
      EditScope scope = new EditScope();
      scope.add(request);
      assertEquals(1, EditDiff.between(ROOT, tree, result.tree(), scope).roots().size());
    }
    // A walk over all entries would take seconds.
    assertTrue(System.nanoTime() - start < 1_000_000_000L);
  }
}
