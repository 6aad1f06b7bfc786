package io.chronoconf.datastore.filter;

import static io.chronoconf.datastore.testing.CheckTrees.ROOT;
import static io.chronoconf.datastore.testing.CheckTrees.facts;
import static io.chronoconf.datastore.testing.CheckTrees.host;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ctc.wstx.stax.WstxOutputFactory;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.XMLOutputFactory2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class XPathFilterTest {
  private static final long STEPS = 100_000;
  private static final String CONFIG =
      host("a", "<port>443</port><uplink>b</uplink>")
          + host("b", "<uplink>a</uplink>")
          + facts("<kind>c:cox</kind><bag>4</bag><bag>3</bag><plain>x</plain>");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "/c:host[c:name='b'] # host(name=b,uplink=a)",
        "/c:host/c:port # host(name=a,port=443)",
        "/c:host/c:name # host(name=a) host(name=b)",
        "/c:host[1]/c:uplink # host(name=a,uplink=b)",
        "/c:host[last()] # host(name=b,uplink=a)",
        "/c:host[position() > 1]/c:name # host(name=b)",
        "/c:host[c:name=/c:host/c:uplink][2]/c:name # host(name=b)",
        "/c:host[c:uplink='a' or c:name='a']/c:uplink # host(name=a,uplink=b)"
            + " host(name=b,uplink=a)",
        "/c:host[c:name='a']/c:uplink | /c:facts/c:plain # facts(plain=x) host(name=a,uplink=b)",
        "//c:uplink[. = 'a'] # host(name=b,uplink=a)",
        "/c:host/c:uplink/text() # host(name=a,uplink=b) host(name=b,uplink=a)",
        "/c:facts/c:bag[. = 3] # facts(bag=3)",
        "/c:facts/c:bag # facts(bag=3,bag=4)",
        "/c:facts/c:kind[. = 'c:cox'] # facts(kind=c:cox)",
        "/c:facts/c:bag/.. # facts(plain=x,kind=c:cox,bag=3,bag=4)",
        "/c:host[c:port] | /c:host/c:name # host(name=a,port=443,uplink=b) host(name=b)",
        "deref(/c:host[c:name='a']/c:uplink) # host(name=b)",
        "/c:host[c:port = 80] # ~~",
        "/c:facts/c:low # ~~",
        "/c:host[c:name='z'] # ~~",
        "/x:host # ~~",
        "id('a') # ~~",
      })
  void selectsNodesWithTheirWay(String expression, String selected) throws Exception {
    assertEquals(selected, brief(filter(expression).select(tree(CONFIG), STEPS)));
    assertTrue(filter(expression).givesNodes());
  }

  @Test
  void selectsEverythingByTheRoot() throws Exception {
    ContainerNode tree = tree(CONFIG);
    assertEquals(tree, filter("/").select(tree, STEPS));
    assertEquals(brief(tree), brief(filter("/*").select(tree, STEPS)));
    assertEquals(brief(tree), brief(filter("//node()").select(tree, STEPS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 + 1", "count(/c:host)", "'a'", "true()", "/c:host = 'a'", "name(/)"})
  void knowsWhatGivesNoNodes(String expression) {
    assertFalse(filter(expression).givesNodes());
    assertThrows(XPathException.class, () -> filter(expression).select(tree(CONFIG), STEPS));
  }

  @Test
  void endsWhatCostsTooMuch() {
    assertThrows(
        XPathCostException.class,
        () -> filter("//*[//*[//* = 'z']]").select(tree(CONFIG), STEPS / 1000));
  }

  private static XPathFilter filter(String expression) {
    return XPathFilter.parse(
        ROOT, expression, Map.of("c", "urn:test:check", "x", "urn:test:nobody"));
  }

  /// `name(child=text,...)`, one for each top-level element.
  private static String brief(ContainerNode tree) throws XMLStreamException {
    StringWriter text = new StringWriter();
    WstxOutputFactory factory = new WstxOutputFactory();
    factory.setProperty(XMLOutputFactory2.P_AUTOMATIC_EMPTY_ELEMENTS, true);
    XMLStreamWriter writer = factory.createXMLStreamWriter(text);
    writer.writeStartElement("data");
    DataWriter.write(writer, ROOT, tree, Optional.empty());
    writer.writeEndElement();
    writer.close();
    return text.toString()
        .replaceAll(" xmlns[^>]*>", ">")
        .replaceAll("<(\\w+)>([^<]+)</\\1>", "$1=$2,")
        .replaceAll("<(\\w+)>([^<]*),</\\1>", "$1($2) ")
        .replaceAll("</?data/?>", "")
        .strip();
  }
}
