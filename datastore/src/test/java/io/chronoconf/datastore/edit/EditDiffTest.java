package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.cursor;
import static io.chronoconf.datastore.testing.Trees.name;
import static io.chronoconf.datastore.testing.Trees.top;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class EditDiffTest {
  private static ContainerNode replayed(ContainerNode before, EditTree difference)
      throws RpcException {
    EditTree read =
        EditXml.readLeniently(
            ROOT,
            EditXml.write(difference),
            e -> {
              throw new AssertionError(e);
            });
    EditApplier.Result result = EditApplier.apply(ROOT, before, EditRequest.of(read));
    assertEquals(List.of(), result.errors());
    return result.tree();
  }

  // Any two of these, one drawn after the other, differ in most ways that trees can differ in.
  private static String drawn(Random random) {
    StringBuilder xml = new StringBuilder();
    if (random.nextBoolean()) {
      xml.append("<types><text>").append(random.nextInt(3)).append("</text>");
      xml.append("<blob>").append(random.nextBoolean() ? "AAAA" : "AAAB").append("</blob></types>");
    }
    if (random.nextBoolean()) {
      xml.append("<present/>");
    }
    xml.append(
        switch (random.nextInt(4)) {
          case 0 -> "<wheels>4</wheels>";
          case 1 -> "<wings>2</wings><jet>j</jet>";
          case 2 -> "<propeller>p</propeller>";
          default -> "<ship><name>s</name></ship>";
        });
    for (String name : shuffled(random)) {
      xml.append("<rule><name>").append(name).append("</name>");
      if (random.nextBoolean()) {
        xml.append("<action>").append(random.nextInt(2)).append("</action>");
      }
      xml.append("</rule>");
    }
    shuffled(random).forEach(word -> xml.append("<word>").append(word).append("</word>"));
    for (String name : shuffled(random)) {
      xml.append("<person><name>").append(name).append("</name><pet><kind>");
      xml.append(random.nextInt(2)).append("</kind><number>1</number></pet></person>");
    }
    shuffled(random).forEach(n -> xml.append("<number>").append(n.length()).append("</number>"));
    return xml.toString();
  }

  private static List<String> shuffled(Random random) {
    List<String> names =
        new ArrayList<>(
            List.of("a", "bb", "it's!", "\"q\" 'q'", "<&>e", "ffffff", "x&#13;&#10;&#9;y"));
    Collections.shuffle(names, random);
    return names.subList(0, random.nextInt(names.size() + 1));
  }

  private static void assertSameOrder(ContainerNode expected, ContainerNode actual) {
    assertEquals(
        cursor(expected).leafList(name("word"), String.class),
        cursor(actual).leafList(name("word"), String.class));
    assertEquals(rules(expected), rules(actual));
  }

  private static List<String> rules(ContainerNode tree) {
    List<ConfigCursor> rules = cursor(tree).list(name("rule"));
    return rules.stream().map(r -> r.leaf(name("name"), String.class).orElseThrow()).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void leadsFromAnyTreeToAnyOther(long seed) throws RpcException {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      ContainerNode before = top(escaped(drawn(random)));
      ContainerNode after = top(escaped(drawn(random)));
      EditTree difference = EditDiff.between(ROOT, before, after, EditScope.everything());
      ContainerNode replayed = replayed(before, difference);
      assertEquals(after, replayed, "seed " + seed + " round " + i);
      assertSameOrder(after, replayed);
      assertTrue(EditDiff.between(ROOT, after, replayed, EditScope.everything()).isEmpty());
    }
  }

  private static String escaped(String xml) {
    return xml.replace("<&>e", "&lt;&amp;&gt;e");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void findsTheSameWithinTheScopeOfTheEdits(long seed) throws RpcException {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      ContainerNode before = top(escaped(drawn(random)));
      ContainerNode after = before;
      EditScope scope = new EditScope();
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        EditOperation operation =
            random.nextInt(5) == 0 ? EditOperation.REPLACE : EditOperation.MERGE;
        EditRequest request =
            new EditRequest(
                topEdit(escaped(drawn(random))),
                operation,
                EditRequest.TestOption.SET,
                EditRequest.ErrorOption.STOP_ON_ERROR);
        after = EditApplier.apply(ROOT, after, request).tree();
        scope.add(request);
      }
      ContainerNode replayed = replayed(before, EditDiff.between(ROOT, before, after, scope));
      assertEquals(after, replayed, "seed " + seed + " round " + i);
      assertSameOrder(after, replayed);
    }
  }

  @Test
  void ofATreeIsTheWholeTree() throws RpcException {
    ContainerNode tree = top("<types><text>x</text></types><hue>red</hue><present/>");
    assertEquals(tree, replayed(EMPTY, EditDiff.of(ROOT, tree)));
    assertTrue(EditDiff.of(ROOT, EMPTY).isEmpty());
  }
}
