package io.chronoconf.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ctc.wstx.stax.WstxOutputFactory;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.xpath.XPathCostException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Defaults of the agent's own modules, and of a module made for conditions and choices.
class DefaultsInUseTest {
  private static final String NTP = "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'>%s</ntp>";
  private static final String SERVER =
      "<unicast-configuration><address>10.0.0.1</address><type>uc-server</type>%s"
          + "</unicast-configuration>";

  private final DefaultsInUse defaults = new DefaultsInUse(CheckTrees.ROOT);

  private static String text(ContainerNode tree, Set<List<PathArgument>> tagged)
      throws XMLStreamException {
    StringWriter text = new StringWriter();
    XMLStreamWriter writer = new WstxOutputFactory().createXMLStreamWriter(text);
    writer.writeStartElement("d");
    DataWriter.write(writer, CheckTrees.ROOT, tree, Optional.empty(), tagged);
    writer.writeEndElement();
    writer.close();
    return text.toString().replaceAll(" xmlns=['\"][^'\"]*['\"]", "");
  }

  private String all(String elements) throws Exception {
    return text(defaults.complete(CheckTrees.tree(elements), false).tree(), Set.of());
  }

  @Test
  void addsTheDefaultsOfWhatIsThere() throws Exception {
    String shown = all(NTP.formatted(SERVER.formatted("<minpoll>6</minpoll>")));
    assertTrue(shown.contains("<port>123</port>"), shown);
    assertTrue(shown.contains("<minpoll>6</minpoll>"), shown);
    assertTrue(shown.contains("<maxpoll>10</maxpoll>"), shown);
    assertTrue(shown.contains("<iburst>false</iburst>"), shown);
  }

  @Test
  void addsNothingToWhatIsNotThere() throws Exception {
    String shown = all("");
    assertFalse(shown.contains("<ntp>"), "which has presence: " + shown);
    assertTrue(shown.contains("<enable-nacm>true</enable-nacm>"), shown);
    assertFalse(shown.contains("denied-operations"), "which is state: " + shown);
    String withState = text(defaults.complete(CheckTrees.EMPTY, true).tree(), Set.of());
    assertTrue(withState.contains("<denied-operations>0</denied-operations>"), withState);
  }

  @Test
  void conditionsDecide() throws Exception {
    String more = "<more xmlns='urn:test:check-more'><level>%s</level></more>";
    assertTrue(all(more.formatted(5)).contains("<needed-unless-fifty>"));
    assertFalse(all(more.formatted(50)).contains("<needed-unless-fifty>"));
  }

  @Test
  void marksJustWhatNobodySet() throws Exception {
    ContainerNode tree = CheckTrees.tree(NTP.formatted(SERVER.formatted("<maxpoll>10</maxpoll>")));
    DefaultsInUse.Completed completed = defaults.complete(tree, false);
    String shown = text(completed.tree(), completed.defaults());
    assertTrue(shown.contains("<maxpoll>10</maxpoll>"), shown);
    String mark = " xmlns:wd=\"urn:ietf:params:xml:ns:netconf:default:1.0\" wd:default=\"true\"";
    assertTrue(shown.contains("<port" + mark + ">123</port>"), shown);
    assertTrue(shown.contains("<minpoll" + mark + ">6</minpoll>"), shown);
  }

  @Test
  void trimLeavesOutWhatEqualsItsDefault() throws Exception {
    ContainerNode tree =
        CheckTrees.tree(
            NTP.formatted(
                "<port>123</port>"
                    + SERVER.formatted("<minpoll>5</minpoll><maxpoll>10</maxpoll>")));
    assertEquals(
        "<d><ntp xmlns:ntp=\"urn:ietf:params:xml:ns:yang:ietf-ntp\">"
            + "<unicast-configuration><address>10.0.0.1</address><type>ntp:uc-server</type>"
            + "<minpoll>5</minpoll></unicast-configuration></ntp></d>",
        text(defaults.trim(tree), Set.of()));
  }

  @Test
  void isRefusedWhereItCostsTooMuch() throws Exception {
    ContainerNode tree = CheckTrees.tree(NTP.formatted(""));
    DefaultsInUse poor = new DefaultsInUse(CheckTrees.ROOT, 20);
    assertThrows(XPathCostException.class, () -> poor.complete(tree, false));
  }

  @Test
  void trimKeepsWhatSelectsACase() throws Exception {
    ContainerNode tree =
        CheckTrees.tree("<ways xmlns='urn:test:check-more'><two-c>6</two-c></ways>");
    assertEquals(tree, new DefaultsInUse(CheckTrees.ROOT).trim(tree));
  }

  @Test
  void trimLooksAtTheWholeLeafList() throws Exception {
    DefaultsInUse defaults = new DefaultsInUse(CheckTrees.ROOT);
    ContainerNode part = CheckTrees.tree(CheckTrees.facts("<preset>10</preset>"));
    ContainerNode all =
        CheckTrees.tree(CheckTrees.facts("<plain>x</plain><preset>10</preset><preset>20</preset>"));
    assertEquals(part, defaults.trim(part));
    assertEquals(CheckTrees.tree(CheckTrees.facts("<plain>x</plain>")), defaults.trim(all));
  }

  @Test
  void whatIsGivenBackAsADefaultIsKeptByNobody() throws Exception {
    String tagged =
        "<maxpoll xmlns:d='urn:ietf:params:xml:ns:netconf:default:1.0'"
            + " d:default='true'>%s</maxpoll>";
    ContainerNode kept = CheckTrees.tree(NTP.formatted(SERVER.formatted(tagged.formatted("10"))));
    assertFalse(text(kept, Set.of()).contains("maxpoll"));
    RpcException refusal =
        assertThrows(
            RpcException.class,
            () -> CheckTrees.tree(NTP.formatted(SERVER.formatted(tagged.formatted("11")))));
    assertEquals(ErrorTag.INVALID_VALUE, refusal.errors().getFirst().tag());
    assertThrows(
        RpcException.class,
        () ->
            CheckTrees.tree(NTP.formatted(SERVER.formatted(tagged.replace("'true'", "'maybe'")))));
  }
}
