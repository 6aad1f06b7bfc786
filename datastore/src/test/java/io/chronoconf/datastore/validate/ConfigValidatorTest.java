package io.chronoconf.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.ctc.wstx.stax.WstxInputFactory;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.yang.YangSchema;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class ConfigValidatorTest {
  private static final YangSchema SCHEMA =
      YangSchema.load(List.of(Path.of("src/test/resources/yang-validate")));
  private static final NodeSchema ROOT = NodeSchema.rootOf(SCHEMA.context());
  private static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder()
          .withNodeIdentifier(NodeIdentifier.create(ROOT.name()))
          .build();
  private static final ConfigValidator VALIDATOR = new ConfigValidator(SCHEMA.context());

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
      assertEquals(List.of("/c:box/c:name", "/c:box/c:inner/c:deep", "/c:box"), paths(errors));
      RpcError choice = errors.get(2);
      assertError(choice, ErrorTag.DATA_MISSING, "missing-choice", "/c:box");
      assertEquals("missing-choice", choice.info().getFirst().name());
      assertEquals("urn:ietf:params:xml:ns:yang:1", choice.info().getFirst().namespace());
      assertEquals("way", choice.info().getFirst().value());
      assertEquals("One of by-air, by-sea is needed here.", choice.message());
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
      assertEquals("b does not exist; create it or name one that exists.", error.message());
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
      assertEquals("The condition \"string-length(.) < 4\" must hold here.", error.message());
    }
  }

  @Nested
  class TheAgentsOwnModels {
    private static final String NTP =
        "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
            + " xmlns:ntp='urn:ietf:params:xml:ns:yang:ietf-ntp'>";
    private static final ConfigValidator OWN = new ConfigValidator(YangSchema.load().context());

    @ParameterizedTest
    @CsvSource({
      "224.0.1.1, not-unicast",
      "255.255.255.255, not-unicast",
      "240.0.0.1, not-unicast",
      "0.1.2.3, not-unicast",
      "127.127.1.0, not-unicast",
      "ff24::1, not-unicast",
      "::, not-unicast",
      "::ffff:224.0.1.1, not-unicast",
      "fe80::1, source-required"
    })
    void refuseAddressesThatAreNoServers(String address, String appTag) throws Exception {
      RpcError error = onlyOf(server(address, ""));
      assertEquals(appTag, error.appTag().orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({
      "1.1.1.1, <minpoll>8</minpoll><maxpoll>7</maxpoll>, poll-range",
      "1.1.1.1, <minpoll>11</minpoll>, poll-range",
      "1::1, <version>3</version>, ipv6-version"
    })
    void refuseSettingsThatContradict(String address, String more, String appTag) throws Exception {
      assertEquals(appTag, onlyOf(server(address, more)).appTag().orElse("none"));
    }

    @Test
    void refuseAPeer() throws Exception {
      RpcError error =
          onlyOf(
              NTP
                  + "<unicast-configuration><address>1.1.1.1</address><type>ntp:uc-peer</type>"
                  + "</unicast-configuration></ntp>");
      assertEquals("not-supported", error.appTag().orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.1.11", "3000::34", "::1", "::ffff:1.1.1.1", "223.255.255.255"})
    void acceptServers(String address) throws Exception {
      assertEquals(List.of(), errorsOf(server(address, "<iburst>true</iburst>")));
    }

    private String server(String address, String more) {
      return NTP
          + "<unicast-configuration><address>"
          + address
          + "</address><type>ntp:uc-server</type>"
          + more
          + "</unicast-configuration></ntp>";
    }

    private static RpcError onlyOf(String config) throws Exception {
      List<RpcError> errors = errorsOf(config);
      assertEquals(1, errors.size(), errors.toString());
      return errors.getFirst();
    }

    private static List<RpcError> errorsOf(String config) throws Exception {
      return OWN.validate(tree(config)).errors();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "count(/c:host) = 2",
        "/c:host[c:name='b']/c:port = 443",
        "sum(/c:host/c:port) = 523",
        "count(/c:host[position() = 2]) = 1",
        "count(/c:host[last()]) = 1",
        "/c:host[2]/c:name = 'b'",
        "concat('a', 'b') = 'ab'",
        "substring('12345', 2, 3) = '234'",
        "substring('12345', 1.5, 2.6) = '234'",
        "substring-before('1999/04', '/') = '1999'",
        "substring-after('1999/04', '/') = '04'",
        "translate('--aaa--', 'abc-', 'ABC') = 'AAA'",
        "normalize-space('  a  b ') = 'a b'",
        "floor(-1.5) = -2 and ceiling(-1.5) = -1 and round(2.5) = 3",
        "not(number(/c:host[1]/c:name) = 0 or number(/c:host[1]/c:name) > 0)",
        "7 mod 3 = 1 and 7 div 2 = 3.5 and -1 < 0",
        "not(/c:host[c:name='z'])",
        "local-name(/c:host[1]) = 'host'",
        "namespace-uri(/c:host[1]) = 'urn:test:check'",
        "count(/c:host | /c:host[1]) = 2",
        "count(//c:port) = 2",
        "count(/c:host[1]/following-sibling::c:host) = 1",
        "count(/c:host[2]/c:port/ancestor::c:host) = 1",
        "deref(/c:host[c:name='a']/c:uplink)/../c:port = 443",
        "not(deref(/c:host[c:name='b']/c:maybe))",
        "re-match('a^b', 'a^b') and not(re-match('xaby', 'ab'))",
        "re-match('bcd', '[a-z-[aeiou]]+') and not(re-match('ace', '[a-z-[aeiou]]+'))",
        "derived-from(/c:facts/c:kind, 'c:fruit')",
        "not(derived-from(/c:facts/c:kind, 'c:cox'))",
        "derived-from-or-self(/c:facts/c:kind, 'c:cox')",
        "/c:facts/c:kind = 'c:cox' and 'c:cox' = /c:facts/c:kind",
        "enum-value(/c:facts/c:size) = 30",
        "bit-is-set(/c:facts/c:colours, 'red') and not(bit-is-set(/c:facts/c:colours, 'blue'))",
        "current()/c:facts/c:low = 1",
        "/c:facts/c:high > /c:facts/c:low",
        "string(1) = '1' and string(0.5) = '0.5' and string(true()) = 'true'",
        "boolean(/c:host) = true() and boolean('') = false()",
        "starts-with('abc', 'ab') and contains('abc', 'bc') and string-length('abc') = 3"
      })
  void evaluates(String expression) throws Exception {
    ContainerNode config =
        tree(
            host("a", "<uplink>b</uplink>")
                + host("b", "<port>443</port><maybe>nobody</maybe>")
                + facts("<kind>c:cox</kind><size>l</size><colours>red</colours>"));
    assertEquals(true, Expressions.test(SCHEMA, expression, XPathNode.root(ROOT, config)));
  }

  @Test
  void endsExpressionsThatCostTooMuch() throws Exception {
    String hosts =
        java.util.stream.IntStream.range(0, 60)
            .mapToObj(i -> host("h" + i, ""))
            .collect(Collectors.joining());
    XPathNode root = XPathNode.root(ROOT, tree(hosts));
    org.junit.jupiter.api.Assertions.assertThrows(
        io.chronoconf.datastore.xpath.XPathException.class,
        () -> Expressions.test(SCHEMA, "//*[//*[//* = 'x']]", root, new XPathBudget(10_000)));
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
    return XPathNode.root(ROOT, config).children().stream()
        .filter(node -> node.schema().name().getLocalName().equals("facts"))
        .flatMap(node -> node.children().stream())
        .filter(XPathNode::isInData)
        .map(node -> node.schema().name().getLocalName())
        .toList();
  }

  private static String facts(String leaves) {
    return "<facts xmlns='urn:test:check' xmlns:c='urn:test:check'>" + leaves + "</facts>";
  }

  private static String host(String name, String leaves) {
    return "<host xmlns='urn:test:check'><name>" + name + "</name>" + leaves + "</host>";
  }

  private static ContainerNode tree(String config) throws XMLStreamException, RpcException {
    XMLStreamReader reader =
        new WstxInputFactory()
            .createXMLStreamReader(new StringReader("<config>" + config + "</config>"));
    reader.nextTag();
    EditApplier.Result result =
        EditApplier.apply(ROOT, EMPTY, EditRequest.of(EditReader.read(ROOT, reader)));
    assertEquals(List.of(), result.errors());
    return result.tree();
  }
}
