package io.chronoconf.datastore.validate;

import static io.chronoconf.datastore.testing.CheckTrees.facts;
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
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class ConfigValidatorTest {
  private static final ConfigValidator VALIDATOR = new ConfigValidator(CheckTrees.SCHEMA.context());

  /// Without this leaf the module is never valid: it is mandatory inside a non-presence container.
  private static final String TOP = "<top xmlns='urn:test:check'><must-be>x</must-be></top>";

  @Test
  void acceptsWhatIsRightAndReturnsTheVeryTree() throws Exception {
    ContainerNode config =
        tree(
            TOP
                + facts(
                    "<low>2</low><bag>1</bag><bag>2</bag><kind>c:cox</kind>"
                        + "<only-cox>a</only-cox><only-apples>b</only-apples>")
                + "<box xmlns='urn:test:check'><name>n</name><inner><deep>d</deep></inner>"
                + "<by-sea>s</by-sea></box>");
    ValidatedConfig validated = VALIDATOR.validate(config);
    assertEquals(List.of(), validated.errors());
    assertSame(config, validated.config());
  }

  @Nested
  class Presence {
    @Test
    void missesAMandatoryLeafInsideANonPresenceContainer() throws Exception {
      RpcError error = only("<host xmlns='urn:test:check'><name>a</name></host>");
      assertError(error, ErrorTag.DATA_MISSING, "none", "/c:top/c:must-be");
      assertEquals("must-be is mandatory; give it a value.", error.message());
    }

    @Test
    void missesMandatoryNodesOnlyInContainersThatArePresent() throws Exception {
      List<RpcError> errors = errors(TOP + "<box xmlns='urn:test:check'/>");
      assertEquals(List.of("/c:box", "/c:box/c:name", "/c:box/c:inner/c:deep"), paths(errors));
      RpcError choice = errors.getFirst();
      assertError(choice, ErrorTag.DATA_MISSING, "missing-choice", "/c:box");
      assertEquals("missing-choice", choice.info().getFirst().name());
      assertEquals("urn:ietf:params:xml:ns:yang:1", choice.info().getFirst().namespace());
      assertEquals("way", choice.info().getFirst().value());
      assertEquals("One of by-air, by-sea is needed here; add one.", choice.message());
    }

    @Test
    void countsEntries() throws Exception {
      assertError(
          only(TOP + facts("<bag>1</bag>")),
          ErrorTag.OPERATION_FAILED,
          "too-few-elements",
          "/c:facts/c:bag");
      assertError(
          only(TOP + facts("<bag>1</bag><bag>2</bag><bag>3</bag><bag>4</bag>")),
          ErrorTag.OPERATION_FAILED,
          "too-many-elements",
          "/c:facts/c:bag");
    }
  }

  @Nested
  class Uniqueness {
    @Test
    void countsDefaultsAsValues() throws Exception {
      RpcError error =
          only(
              TOP
                  + facts("<bag>1</bag><bag>2</bag>")
                  + host("a", "<address>1</address>")
                  + host("b", "<address>1</address><port>80</port>"));
      assertError(error, ErrorTag.OPERATION_FAILED, "data-not-unique", "/c:host[c:name='b']");
      assertEquals(
          List.of(
              "/c:host[c:name='a']/c:address",
              "/c:host[c:name='a']/c:port",
              "/c:host[c:name='b']/c:address",
              "/c:host[c:name='b']/c:port"),
          error.info().stream().map(RpcError.Info::value).toList());
    }

    @Test
    void looksOnlyAtEntriesThatHaveAllValues() throws Exception {
      assertEquals(
          List.of(),
          errors(TOP + facts("<bag>1</bag><bag>2</bag>") + host("a", "") + host("b", "")));
    }
  }

  @Nested
  class References {
    @Test
    void requiresTheInstance() throws Exception {
      RpcError error =
          only(TOP + facts("<bag>1</bag><bag>2</bag>") + host("a", "<uplink>b</uplink>"));
      assertError(
          error, ErrorTag.DATA_MISSING, "instance-required", "/c:host[c:name='a']/c:uplink");
      assertEquals(
          "uplink names \"b\", but no /c:host/c:name has that value; create it or name one that"
              + " exists.",
          error.message());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<uplink>a</uplink>",
          "<maybe>nobody</maybe>",
          "<address>x</address><same-entry>x</same-entry>",
          "<either>7</either>",
          "<either>a</either>",
          "<pointer xmlns:c='urn:test:check'>/c:host[c:name='a']/c:port</pointer>",
          "<loose xmlns:c='urn:test:check'>/c:host[c:name='z']/c:port</loose>"
        })
    void acceptsWhatPointsSomewhere(String leaves) throws Exception {
      assertEquals(List.of(), errors(TOP + facts("<bag>1</bag><bag>2</bag>") + host("a", leaves)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '#',
        quoteCharacter = '~',
        value = {
          "<address>x</address><same-entry>y</same-entry> # same-entry",
          "<either>nobody</either> # either",
          "<pointer xmlns:c='urn:test:check'>/c:host[c:name='z']/c:port</pointer> # pointer"
        })
    void refusesWhatPointsNowhere(String leaves, String name) throws Exception {
      assertError(
          only(TOP + facts("<bag>1</bag><bag>2</bag>") + host("a", leaves)),
          ErrorTag.DATA_MISSING,
          "instance-required",
          "/c:host[c:name='a']/c:" + name);
    }
  }

  @Nested
  class Conditions {
    @Test
    void takesAwayWhatDependsOnWhatWasTakenAway() throws Exception {
      ContainerNode config =
          tree(
              TOP
                  + facts(
                      "<bag>1</bag><bag>2</bag><only-apples>b</only-apples>"
                          + "<after-apples>c</after-apples><low>2</low>"
                          + "<of-grouping>d</of-grouping>"));
      ValidatedConfig validated = VALIDATOR.validate(config);
      assertEquals(List.of(), validated.errors());
      assertEquals(
          List.of("low", "bag"), leavesOf(validated.config()).stream().distinct().toList());
    }

    @Test
    void comparesIdentitiesByWhatTheyAre() throws Exception {
      ContainerNode config =
          tree(
              TOP
                  + facts(
                      "<bag>1</bag><bag>2</bag><low>1</low>"
                          + "<kind xmlns:other='urn:test:check'>other:cox</kind>"
                          + "<same-kind>e</same-kind><of-grouping>d</of-grouping>"));
      assertEquals(
          List.of("low", "kind", "same-kind", "of-grouping", "bag"),
          leavesOf(VALIDATOR.validate(config).config()).stream().distinct().toList());
    }

    @Test
    void reportsTheStatementsOwnMessageAndTag() throws Exception {
      RpcError error = only(TOP + facts("<bag>1</bag><bag>2</bag><low>6</low><high>5</high>"));
      assertError(error, ErrorTag.OPERATION_FAILED, "order", "/c:facts/c:high");
      assertEquals("high is below low.", error.message());
    }

    @Test
    void evaluatesConditionsOfDefaults() throws Exception {
      assertError(
          only(TOP + facts("<bag>1</bag><bag>2</bag><low>6</low>")),
          ErrorTag.OPERATION_FAILED,
          "order",
          "/c:facts/c:high");
    }

    @Test
    void namesTheExpressionWhereThereIsNoMessage() throws Exception {
      RpcError error = only(TOP + facts("<bag>1</bag><bag>2</bag><plain>four</plain>"));
      assertError(error, ErrorTag.OPERATION_FAILED, "must-violation", "/c:facts/c:plain");
      assertEquals(
          "The condition \"string-length(.) < 4\" must hold here; change this node, or what that"
              + " names.",
          error.message());
    }
  }

  private static void assertError(RpcError error, ErrorTag tag, String appTag, String path) {
    assertEquals(ErrorType.APPLICATION, error.type());
    assertEquals(tag, error.tag());
    assertEquals(appTag, error.appTag().orElse("none"));
    assertEquals(path, error.path().orElseThrow().xpath());
    assertEquals("urn:test:check", error.path().orElseThrow().namespaces().get("c"));
  }

  private static RpcError only(String config) throws Exception {
    List<RpcError> errors = errors(config);
    assertEquals(1, errors.size(), errors.toString());
    return errors.getFirst();
  }

  private static List<RpcError> errors(String config) throws Exception {
    String whole = config.contains("<facts") ? config : config + facts("<bag>1</bag><bag>2</bag>");
    return VALIDATOR.validate(tree(whole)).errors();
  }

  private static List<String> paths(List<RpcError> errors) {
    return errors.stream().map(error -> error.path().orElseThrow().xpath()).toList();
  }

  private static List<String> leavesOf(ContainerNode config) {
    return XPathTree.of(CheckTrees.ROOT, config, new XPathBudget(1_000_000))
        .root()
        .children()
        .stream()
        .filter(node -> node.schema().name().getLocalName().equals("facts"))
        .flatMap(node -> node.children().stream())
        .filter(XPathNode::isInData)
        .map(node -> node.schema().name().getLocalName())
        .toList();
  }
}
