package io.chronoconf.datastore.validate;

import static io.chronoconf.datastore.testing.CheckTrees.EMPTY;
import static io.chronoconf.datastore.testing.CheckTrees.ROOT;
import static io.chronoconf.datastore.testing.CheckTrees.host;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class WhenTest {
  private static final ConfigValidator VALIDATOR = new ConfigValidator(CheckTrees.SCHEMA.context());
  private static final String TOP =
      "<top xmlns='urn:test:check'><must-be>x</must-be></top>"
          + "<facts xmlns='urn:test:check'><bag>1</bag><bag>2</bag></facts>";

  /// Each leaf and the least level at which all its conditions hold.
  @ParameterizedTest
  @CsvSource({
    "<in-grouping>a</in-grouping>, in-grouping, 3",
    "<deep><deepest>a</deepest></deep>, deepest, 3",
    "<deep><added-deep>a</added-deep></deep>, added-deep, 4",
    "<inner-one>a</inner-one>, inner-one, 3",
    "<right>a</right>, right, 7",
    "<left-two>a</left-two>, left-two, 8",
    "<left-one>a</left-one>, left-one, 9",
    "<left-three>a</left-three>, left-three, 8",
    "<extra-leaf>a</extra-leaf>, extra-leaf, 7",
    "<short>a</short>, short, 7",
  })
  void wantsAllConditionsOfAugmentUsesChoiceAndCase(String leaf, String name, int least)
      throws Exception {
    assertEquals(List.of("level", name), left(least, leaf));
    assertEquals(List.of("level"), left(least - 1, leaf));
  }

  @ParameterizedTest
  @CsvSource({
    "50, <augmented>a</augmented>, augmented",
    "51, <extra-leaf>a</extra-leaf>, extra-leaf",
    "51, <short>a</short>, short",
    "52, <left-three>a</left-three>, left-three"
  })
  void wantsTheConditionOfTheAugment(int level, String leaf, String name) throws Exception {
    assertEquals(List.of("level"), left(level, leaf));
    assertEquals(List.of("level", name), left(60, leaf));
  }

  @Test
  void wantsTheNodesOwnConditionBesideThatOfTheAugmentOrUses() throws Exception {
    String grouping = "<in-grouping-too>b</in-grouping-too>";
    assertEquals(List.of("level"), left(60, grouping));
    assertEquals(
        List.of("level", "in-grouping", "in-grouping-too"),
        left(60, "<in-grouping>yes</in-grouping>" + grouping));
    assertEquals(List.of("level"), left(2, "<in-grouping>yes</in-grouping>" + grouping));
    String augment = "<augmented>yes</augmented><augmented-too>b</augmented-too>";
    assertEquals(List.of("level", "augmented", "augmented-too"), left(60, augment));
    assertEquals(List.of("level"), left(50, augment));
  }

  @Test
  void looksFromTheEntryThatAnAugmentExtends() throws Exception {
    String more = "<from-more xmlns='urn:test:check-more'>b</from-more>";
    ContainerNode config =
        tree(TOP + host("a", "<port>22</port>" + more) + host("b", "<port>23</port>" + more));
    ValidatedConfig validated = VALIDATOR.validate(config);
    assertEquals(
        List.of("/c:host[c:name='b']/m:from-more"), paths(validated.config(), "from-more"));
  }

  @Test
  void hidesDefaultsAndContainersWhoseConditionIsFalse() throws Exception {
    assertEquals(List.of(), VALIDATOR.validate(tree(TOP + more(60, "<sees-hidden/>"))).errors());
    List<RpcError> errors = VALIDATOR.validate(tree(TOP + more(100, "<sees-hidden/>"))).errors();
    assertEquals(
        List.of("/m:more/m:hidden/m:needed", "/m:more/m:hidden/m:preset", "/m:more/m:sees-hidden"),
        errors.stream().map(error -> error.path().orElseThrow().xpath()).sorted().toList());
  }

  @Test
  void seesNeitherValueNorNumberOfTheNodesInQuestion() throws Exception {
    assertEquals(List.of("level", "sees-itself"), left(60, "<sees-itself>x</sees-itself>"));
    assertEquals(
        List.of("level", "sees-one", "sees-one"),
        left(60, "<sees-one>7</sees-one><sees-one>8</sees-one>"));
  }

  @Test
  void endsWhereConditionsGoInCircles() throws Exception {
    assertEquals(List.of("level", "circle-a"), left(60, "<circle-a>x</circle-a>"));
  }

  @Test
  void takesAwayWithoutAWordWhatWasThereBefore() throws Exception {
    ContainerNode before = tree(TOP + more(60, "<right>a</right>"));
    ContainerNode after = tree(TOP + more(2, "<right>a</right>"));
    ValidatedConfig validated = VALIDATOR.validate(before, after);
    assertEquals(List.of(), validated.errors());
    assertEquals(List.of(), paths(validated.config(), "right"));
  }

  @Test
  void refusesWhatIsNewWhereItMayNotBe() throws Exception {
    ContainerNode after = tree(TOP + more(2, "<right>a</right>"));
    ValidatedConfig validated = VALIDATOR.validate(EMPTY, after);
    assertEquals(1, validated.errors().size(), validated.errors().toString());
    RpcError error = validated.errors().getFirst();
    assertEquals(ErrorType.APPLICATION, error.type());
    assertEquals(ErrorTag.UNKNOWN_ELEMENT, error.tag());
    assertEquals("/m:more/m:right", error.path().orElseThrow().xpath());
    assertEquals("urn:test:check-more", error.path().orElseThrow().namespaces().get("m"));
    assertEquals("bad-element", error.info().getFirst().name());
    assertEquals("right", error.info().getFirst().value());
    assertEquals(
        "right may be here only when \"m:level > 6\"; take it out, or make that true in the same"
            + " change.",
        error.message());
  }

  @Test
  void keepsWhatMayBeThere() throws Exception {
    ContainerNode config = tree(TOP + more(60, "<right>a</right>"));
    ValidatedConfig validated = VALIDATOR.validate(EMPTY, config);
    assertEquals(List.of(), validated.errors());
    assertSame(config, validated.config());
  }

  private static String more(int level, String inside) {
    return "<more xmlns='urn:test:check-more'><level>" + level + "</level>" + inside + "</more>";
  }

  /// The leaves of the container `more` that are left.
  private static List<String> left(int level, String inside) throws Exception {
    ValidatedConfig validated = VALIDATOR.validate(tree(TOP + more(level, inside)));
    assertEquals(List.of(), validated.errors());
    List<String> names = new ArrayList<>();
    for (XPathNode node : nodes(validated.config())) {
      if (node.value().isPresent() && node.toString().startsWith("/m:more/")) {
        names.add(node.schema().name().getLocalName());
      }
    }
    return names;
  }

  private static List<String> paths(ContainerNode config, String name) {
    return nodes(config).stream()
        .filter(node -> node.schema().name().getLocalName().equals(name))
        .map(XPathNode::toString)
        .toList();
  }

  private static List<XPathNode> nodes(ContainerNode config) {
    List<XPathNode> all = new ArrayList<>();
    collect(XPathTree.of(ROOT, config, new XPathBudget(1_000_000)).root(), all);
    return all;
  }

  private static void collect(XPathNode node, List<XPathNode> into) {
    if (node.isInData()) {
      into.add(node);
      node.children().forEach(child -> collect(child, into));
    }
  }
}
