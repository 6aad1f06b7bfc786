package io.chronoconf.datastore.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.yang.YangSchema;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class SubtreeFilterTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
  private static final String SYS = "urn:ietf:params:xml:ns:yang:ietf-system";
  private static final String TOP = "urn:test:all";
  private static final String TYPE = "urn:ietf:params:xml:ns:yang:iana-if-type";

  private static final String CONFIG =
"""
      <config><ntp xmlns="%s"><port>123</port>
      <unicast-configuration><address>192.0.2.1</address><type>uc-server</type>\
      <prefer>true</prefer><iburst>true</iburst></unicast-configuration>
      <unicast-configuration><address>192.0.2.2</address><type>uc-server</type>\
      <prefer>false</prefer></unicast-configuration>
      <unicast-configuration><type>uc-peer</type><address>192.0.2.2</address>\
      </unicast-configuration>
      </ntp>
      <interfaces xmlns="%s"><interface><name>eth0</name>\
      <type xmlns:t="%s">t:ethernetCsmacd</type><description> two words </description></interface>
      <interface><name>lo</name><type xmlns:t="%s">t:softwareLoopback</type></interface>
      </interfaces>
      <system xmlns="%s"><contact>me</contact></system>\
<top xmlns="%s"><word>b</word><word>a</word><number>7</number></top></config>\
"""
          .formatted(NTP, IF, TYPE, TYPE, SYS, TOP);

  @SuppressWarnings("NullAway.Init")
  private static NodeSchema root;

  @SuppressWarnings("NullAway.Init")
  private static ContainerNode tree;

  /// A filter's content and what it selects.
  private record Row(String name, String filter, String selected) {}

  private static final String SERVER_1_KEYS = "<address>192.0.2.1</address>" + ucType("uc-server");
  private static final String SERVER_2_KEYS = "<address>192.0.2.2</address>" + ucType("uc-server");
  private static final String PEER_KEYS = "<address>192.0.2.2</address>" + ucType("uc-peer");

  private static String ucType(String name) {
    return "<type>ntp:" + name + "</type>";
  }

  private static String uc(String content) {
    return "<unicast-configuration>" + content + "</unicast-configuration>";
  }

  private static String ntp(String content) {
    return start("ntp", "ntp", NTP) + content + "</ntp>";
  }

  private static String top(String content) {
    return start("top", "t", TOP) + content + "</top>";
  }

  private static String interfaces(String content) {
    return start("interfaces", "if", IF) + content + "</interfaces>";
  }

  /// The module's prefix is declared at the top, where no client takes it for superfluous.
  private static String start(String name, String prefix, String namespace) {
    return "<%s xmlns=\"%s\" xmlns:%s=\"%s\">".formatted(name, namespace, prefix, namespace);
  }

  private static final String ETH0_TYPE =
      "<type xmlns:ianaift=\"" + TYPE + "\">ianaift:ethernetCsmacd</type>";

  private static final List<Row> ROWS =
      List.of(
          new Row("an empty filter selects nothing", "", ""),
          new Row("white space and comments are an empty filter", " \n<!-- x -->", ""),
          new Row("a selection at the top", ntp("<port/>"), ntp("<port>123</port>")),
          new Row("a name of no module selects nothing", "<top xmlns=\"urn:x\"/>", ""),
          new Row("a name of the wrong module selects nothing", "<ntp xmlns=\"" + IF + "\"/>", ""),
          new Row(
              "a name in no namespace stands for any module's",
              "<ntp xmlns=\"\"><port/></ntp>",
              ntp("<port>123</port>")),
          new Row("an unknown child selects nothing of its parent", ntp("<bogus/>"), ""),
          new Row("an unknown content match selects nothing", ntp("<bogus>1</bogus><port/>"), ""),
          new Row("a content match that fails selects nothing", ntp("<port>124</port>"), ""),
          new Row("a content match of another type selects nothing", ntp("<port>x</port>"), ""),
          new Row(
              "a content match alone selects all siblings",
              ntp(uc("<address>192.0.2.1</address>")),
              ntp(uc(SERVER_1_KEYS + "<prefer>true</prefer><iburst>true</iburst>"))),
          new Row(
              "white space around a value does not count",
              ntp(uc("<address> 192.0.2.1\n</address><prefer/>")),
              ntp(uc(SERVER_1_KEYS + "<prefer>true</prefer>"))),
          new Row(
              "white space around a stored text does not count either",
              interfaces("<interface><description>two words</description><name/></interface>"),
              interfaces(
                  "<interface><name>eth0</name>"
                      + "<description> two words </description></interface>")),
          new Row(
              "content matches beside each other must all hold",
              ntp(uc("<address>192.0.2.2</address><type>uc-peer</type>")),
              ntp(uc(PEER_KEYS))),
          new Row(
              "content matches that contradict each other select nothing",
              ntp(uc("<address>192.0.2.1</address><address>192.0.2.2</address>")),
              ""),
          new Row(
              "filters for one list unite, each entry once",
              ntp(
                  uc("<address>192.0.2.1</address><type>uc-server</type><prefer/>")
                      + uc("<address>192.0.2.1</address><type>uc-server</type><iburst/>")
                      + uc("<address>192.0.2.2</address><type>uc-server</type><prefer/>")),
              ntp(
                  uc(SERVER_1_KEYS + "<prefer>true</prefer><iburst>true</iburst>")
                      + uc(SERVER_2_KEYS + "<prefer>false</prefer>"))),
          new Row(
              "a filter by key unites with one that is none",
              ntp(
                  uc("<address>192.0.2.1</address><type>uc-server</type>")
                      + uc("<prefer>false</prefer><type/>")),
              ntp(
                  uc(SERVER_1_KEYS + "<prefer>true</prefer><iburst>true</iburst>")
                      + uc(SERVER_2_KEYS + "<prefer>false</prefer>"))),
          new Row(
              "a key that no entry has selects nothing",
              ntp(uc("<address>192.0.2.9</address><type>uc-server</type>")),
              ""),
          new Row(
              "keys come with what is selected",
              ntp(uc("<iburst/>")),
              ntp(uc(SERVER_1_KEYS + "<iburst>true</iburst>"))),
          new Row(
              "a selected key shows all entries by their keys",
              interfaces("<interface><name/></interface>"),
              interfaces(
                  "<interface><name>eth0</name></interface>"
                      + "<interface><name>lo</name></interface>")),
          new Row(
              "identities compare by value, not by prefix",
              interfaces(
                  "<interface><type xmlns:x=\""
                      + TYPE
                      + "\">x:ethernetCsmacd</type>"
                      + "<name/></interface>"),
              interfaces("<interface><name>eth0</name>" + ETH0_TYPE + "</interface>")),
          new Row(
              "an identity of another module does not match",
              interfaces("<interface><type xmlns:x=\"urn:x\">x:ethernetCsmacd</type></interface>"),
              ""),
          new Row("an attribute match selects nothing", "<ntp xmlns=\"" + NTP + "\" a=\"b\"/>", ""),
          new Row(
              "an attribute match fails for its siblings' parent only",
              ntp("<port a=\"b\"/>") + "<system xmlns=\"" + SYS + "\"><contact/></system>",
              start("system", "sys", SYS) + "<contact>me</contact></system>"),
          new Row(
              "a leaf-list is matched by one of its values",
              top("<word>a</word><word/>"),
              top("<word>b</word><word>a</word>")),
          new Row(
              "a matched value is all that is shown of a leaf-list beside a selection",
              top("<word>a</word><number/>"),
              top("<word>a</word><number>7</number>")),
          new Row(
              "each of several values of a leaf-list must be there",
              top("<word>a</word><word>c</word>"),
              ""),
          new Row("content inside a leaf selects nothing", ntp("<port><x/></port>"), ""));

  @BeforeAll
  static void load() throws RpcException {
    root =
        NodeSchema.rootOf(YangSchema.load(List.of(Path.of("src/test/resources/yang"))).context());
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
    EditRequest request =
        EditRequest.of(
            EditXml.read(root, new ByteArrayInputStream(CONFIG.getBytes(StandardCharsets.UTF_8))));
    EditApplier.Result result = EditApplier.apply(root, empty, request);
    assertEquals(List.of(), result.errors());
    tree = result.tree();
  }

  private static SubtreeFilter filter(String content) throws XMLStreamException, RpcException {
    XMLStreamReader reader =
        new WstxInputFactory()
            .createXMLStreamReader(
                new StringReader(
                    "<filter xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\">"
                        + content
                        + "</filter>"));
    reader.nextTag();
    SubtreeFilter filter = SubtreeFilter.read(root, reader);
    assertTrue(reader.isEndElement() && reader.getLocalName().equals("filter"));
    return filter;
  }

  private static String write(Optional<SubtreeFilter> filter) throws XMLStreamException {
    String written = write(tree, filter);
    if (filter.isPresent()) {
      // What is selected as a tree is what would be written.
      assertEquals(written, write(filter.get().select(root, tree), Optional.empty()));
    }
    return written;
  }

  private static String write(ContainerNode tree, Optional<SubtreeFilter> filter)
      throws XMLStreamException {
    StringWriter text = new StringWriter();
    XMLStreamWriter writer = new WstxOutputFactory().createXMLStreamWriter(text);
    writer.writeStartElement("data");
    DataWriter.write(writer, root, tree, filter);
    writer.writeEndElement();
    writer.close();
    String all = text.toString();
    return all.contains("<data/>")
        ? ""
        : all.substring(all.indexOf("<data>") + 6, all.lastIndexOf("</data>"));
  }

  @TestFactory
  Stream<DynamicTest> selects() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(),
                    () -> assertEquals(row.selected(), write(Optional.of(filter(row.filter()))))));
  }

  @Test
  void writesEverythingWithoutAFilterAndReadsItBack() throws Exception {
    String all = write(Optional.empty());
    EditRequest request =
        EditRequest.of(
            EditXml.read(
                root,
                new ByteArrayInputStream(
                    ("<config>" + all + "</config>").getBytes(StandardCharsets.UTF_8))));
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
    assertEquals(tree, EditApplier.apply(root, empty, request).tree());
  }

  @Test
  void namesTheTopLevelNodesThatCanBeInTheOutcome() throws Exception {
    SubtreeFilter filter = filter(ntp("<port/>") + interfaces("") + "<top xmlns=\"urn:x\"/>");
    assertEquals(
        Set.of("ntp", "interfaces"),
        Set.copyOf(filter.roots().stream().map(name -> name.getLocalName()).toList()));
  }

  @Test
  void refusesFiltersThatAreTooLargeOrTooDeep() {
    String many = "<a/>".repeat(SubtreeFilter.MAX_NODES + 1);
    assertEquals(
        ErrorTag.TOO_BIG,
        assertThrows(RpcException.class, () -> filter(many)).errors().getFirst().tag());
    String deep = "<a>".repeat(70) + "</a>".repeat(70);
    assertEquals(
        ErrorTag.TOO_BIG,
        assertThrows(RpcException.class, () -> filter(deep)).errors().getFirst().tag());
  }
}
