package io.chronoconf.datastore.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ctc.wstx.stax.WstxOutputFactory;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// RFC 8341 on the agent's own modules.
class AccessControlTest {
  private static final String NTP = "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'>%s</ntp>";
  private static final String SERVERS =
      "<unicast-configuration><address>10.0.0.1</address><type>uc-server</type><minpoll>5</minpoll>"
          + "</unicast-configuration>"
          + "<unicast-configuration><address>10.0.0.2</address><type>uc-server</type>"
          + "</unicast-configuration>";
  private static final String USER =
      "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><contact>noc</contact>"
          + "<authentication><user><name>ann</name><password>$0$salt</password></user>"
          + "<user><name>bob</name></user></authentication></system>";
  private static final SessionContext ANN = new SessionContext(7, "ann");
  private static final SessionContext BOB = new SessionContext(8, "bob");

  private final AccessControl control = new AccessControl(CheckTrees.ROOT, Set.of("rescue"));

  private static String nacm(String inner) {
    return "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'"
        + " xmlns:n='urn:ietf:params:xml:ns:yang:ietf-ntp'"
        + " xmlns:s='urn:ietf:params:xml:ns:yang:ietf-system'>"
        + "<groups><group><name>ops</name><user-name>ann</user-name></group></groups>"
        + inner
        + "</nacm>";
  }

  private static String rules(String... rules) {
    StringBuilder text = new StringBuilder("<rule-list><name>l</name><group>ops</group>");
    for (int i = 0; i < rules.length; i++) {
      text.append("<rule><name>r").append(i).append("</name>").append(rules[i]).append("</rule>");
    }
    return text.append("</rule-list>").toString();
  }

  private static String data(String path, String operations, String action) {
    return "<path>%s</path><access-operations>%s</access-operations><action>%s</action>"
        .formatted(path, operations, action);
  }

  private void use(String nacm) throws Exception {
    control.use(policy(nacm));
  }

  private static AccessPolicy policy(String nacm) throws XMLStreamException, RpcException {
    return AccessPolicy.of(ConfigCursor.of(CheckTrees.ROOT, CheckTrees.tree(nacm(nacm))));
  }

  private static String text(ContainerNode tree) throws XMLStreamException {
    StringWriter text = new StringWriter();
    XMLStreamWriter writer = new WstxOutputFactory().createXMLStreamWriter(text);
    writer.writeStartElement("d");
    DataWriter.write(writer, CheckTrees.ROOT, tree, Optional.empty());
    writer.writeEndElement();
    writer.close();
    return text.toString().replaceAll(" xmlns(:\\w+)?=['\"][^'\"]*['\"]", "");
  }

  private void write(SessionContext session, String before, String after) throws Exception {
    ContainerNode old = CheckTrees.tree(before);
    control.requireWrite(
        session,
        old,
        EditDiff.between(CheckTrees.ROOT, old, CheckTrees.tree(after), EditScope.everything()));
  }

  private RpcError refused(SessionContext session, String before, String after) {
    RpcException refusal = assertThrows(RpcException.class, () -> write(session, before, after));
    RpcError error = refusal.errors().getFirst();
    assertEquals(ErrorTag.ACCESS_DENIED, error.tag());
    return error;
  }

  @Nested
  class Defaults {
    @Test
    void nothingIsAskedBeforeThereIsAPolicy() throws Exception {
      ContainerNode tree = CheckTrees.tree(USER);
      assertSame(tree, control.readable(ANN, tree));
      assertDoesNotThrow(() -> write(ANN, USER, ""));
      assertDoesNotThrow(() -> control.requireOperation(ANN, "kill-session"));
    }

    @Test
    void everybodyReadsNobodyWritesEverybodyCalls() throws Exception {
      use("");
      assertEquals(
          "<d><ntp><port>1234</port></ntp></d>",
          text(control.readable(BOB, CheckTrees.tree(NTP.formatted("<port>1234</port>")))));
      RpcError error = refused(BOB, NTP.formatted(""), NTP.formatted("<port>1234</port>"));
      assertEquals("/ntp:ntp/ntp:port", error.path().orElseThrow().xpath());
      assertEquals(
          "User bob may not create /ntp:ntp/ntp:port. Ask an administrator for a rule of"
              + " ietf-netconf-acm that permits it.",
          error.message());
      assertDoesNotThrow(() -> control.requireOperation(BOB, "edit-config"));
      assertEquals(new AccessControl.Counters(0, 1, 0), control.counters());
    }

    @Test
    void whatIsSensitiveIsDeniedWithoutARule() throws Exception {
      use("<write-default>permit</write-default>");
      String shown = text(control.readable(BOB, CheckTrees.tree(USER + nacm(""))));
      assertFalse(shown.contains("nacm"), shown);
      assertTrue(shown.contains("<contact>noc</contact>"), shown);
      assertThrows(RpcException.class, () -> control.requireOperation(BOB, "kill-session"));
      assertThrows(RpcException.class, () -> control.requireOperation(BOB, "delete-config"));
      assertDoesNotThrow(() -> control.requireOperation(BOB, "close-session"));
      assertEquals(2, control.counters().deniedOperations());
      // default-deny-write on authentication, although writing is permitted otherwise.
      refused(BOB, "", USER.replace("<contact>noc</contact>", ""));
      assertDoesNotThrow(() -> write(BOB, "", NTP.formatted(SERVERS)));
    }

    @Test
    void aSensitiveRpcIsDenied() throws Exception {
      use("");
      for (RpcDefinition rpc : CheckTrees.ROOT.context().getOperations()) {
        if (rpc.getQName().getLocalName().equals("system-restart")
            || rpc.getQName().getLocalName().equals("set-current-datetime")) {
          assertThrows(RpcException.class, () -> control.requireRpc(BOB, rpc));
        }
      }
    }

    @Test
    void recoverySessionsAndADisabledPolicyAreFree() throws Exception {
      use("<read-default>deny</read-default><exec-default>deny</exec-default>");
      SessionContext rescue = new SessionContext(9, "rescue");
      assertDoesNotThrow(() -> write(rescue, "", USER));
      assertDoesNotThrow(() -> control.requireOperation(rescue, "get"));
      assertThrows(RpcException.class, () -> control.requireOperation(BOB, "get"));
      use("<enable-nacm>false</enable-nacm>");
      assertDoesNotThrow(() -> write(BOB, "", USER));
    }
  }

  @Nested
  class Reading {
    private static final String BEFORE = NTP.formatted(SERVERS) + USER;

    private String read(SessionContext session, String nacm) throws Exception {
      use(nacm);
      return text(control.readable(session, CheckTrees.tree(BEFORE)));
    }

    @Test
    void aRuleForAPathHoldsForAllBelow() throws Exception {
      String shown = read(ANN, rules(data("/s:system", "read", "deny")));
      assertFalse(shown.contains("<system>"), shown);
      assertTrue(shown.contains("10.0.0.1"), shown);
      assertTrue(read(BOB, rules(data("/s:system", "read", "deny"))).contains("<system>"));
    }

    @Test
    void theFirstRuleThatSpeaksDecides() throws Exception {
      String minpoll = data("/n:ntp/n:unicast-configuration/n:minpoll", "read", "deny");
      String ntp = data("/n:ntp", "*", "permit");
      assertFalse(read(ANN, rules(minpoll, ntp)).contains("minpoll"));
      assertTrue(read(ANN, rules(ntp, minpoll)).contains("minpoll"));
    }

    @Test
    void aPathWithKeysHoldsForThatEntry() throws Exception {
      String path =
          "/n:ntp/n:unicast-configuration[n:address='10.0.0.1'][n:type='ietf-ntp:uc-server']";
      String shown = read(ANN, rules(data(path, "read", "deny")));
      assertFalse(shown.contains("10.0.0.1"), shown);
      assertTrue(shown.contains("10.0.0.2"), shown);
      String partly = "/n:ntp/n:unicast-configuration[n:type='ietf-ntp:uc-server']";
      assertFalse(read(ANN, rules(data(partly, "read", "deny"))).contains("10.0.0"));
    }

    @Test
    void theUsersOwnEntry() throws Exception {
      String own = data("/s:system/s:authentication/s:user[s:name=$USER]", "read", "permit");
      String all = data("/s:system/s:authentication/s:user", "read", "deny");
      String shown = read(ANN, rules(own, all));
      assertTrue(shown.contains("ann") && shown.contains("salt"), shown);
      assertFalse(shown.contains("bob"), shown);
    }

    @Test
    void aModuleIsThatOfTheNode() throws Exception {
      String shown =
          read(
              ANN,
              rules("<module-name>ietf-ntp</module-name><action>permit</action>")
                  + "<read-default>deny</read-default>");
      assertEquals("<d>" + text(CheckTrees.tree(NTP.formatted(SERVERS))).substring(3), shown);
    }

    @Test
    void everythingIsSharedIfEverythingIsPermitted() throws Exception {
      use(rules("<action>permit</action>"));
      ContainerNode tree = CheckTrees.tree(BEFORE);
      assertEquals(tree, control.readable(ANN, tree));
      assertSame(
          tree.body().iterator().next(), control.readable(ANN, tree).body().iterator().next());
    }

    @Test
    void theRootPathIsEverything() throws Exception {
      assertEquals("<d/>", read(ANN, rules(data("/", "read", "deny"))));
    }
  }

  @Nested
  class Writing {
    private static final String ONE =
        "<unicast-configuration><address>10.0.0.1</address><type>uc-server</type>%s"
            + "</unicast-configuration>";

    @ParameterizedTest
    @CsvSource({
      "create, '', <minpoll>5</minpoll>",
      "update, <minpoll>5</minpoll>, <minpoll>6</minpoll>",
      "delete, <minpoll>5</minpoll>, ''"
    })
    void needsJustTheOperationThatIsDone(String operation, String before, String after)
        throws Exception {
      String old = NTP.formatted(ONE.formatted(before));
      String fresh = NTP.formatted(ONE.formatted(after));
      use(rules(data("/n:ntp/n:unicast-configuration/n:minpoll", operation, "permit")));
      assertDoesNotThrow(() -> write(ANN, old, fresh));
      use(
          rules(
              data("/n:ntp/n:unicast-configuration/n:minpoll", operation, "deny"),
              "<action>permit</action>"));
      RpcError error = refused(ANN, old, fresh);
      assertEquals(
          "/ntp:ntp/ntp:unicast-configuration[ntp:address='10.0.0.1'][ntp:type='ntp:uc-server']"
              + "/ntp:minpoll",
          error.path().orElseThrow().xpath());
    }

    @Test
    void whatIsDeletedAlongHasToBeDeletable() throws Exception {
      use(
          rules(
              data("/n:ntp/n:unicast-configuration/n:minpoll", "delete", "deny"),
              "<action>permit</action>"));
      refused(ANN, NTP.formatted(SERVERS), "");
      assertDoesNotThrow(() -> write(ANN, NTP.formatted("<port>1234</port>"), ""));
    }

    @Test
    void nodesThatCannotBeReadAreNotNamed() throws Exception {
      use(rules(data("/n:ntp", "*", "deny")));
      RpcError error = refused(ANN, NTP.formatted(SERVERS), "");
      assertEquals(Optional.empty(), error.path());
      assertFalse(error.message().contains("unicast"), error.message());
    }

    @Test
    void askingToDeleteTellsNothingAboutWhatThereIs() throws Exception {
      use("");
      EditTree request =
          new EditTree(
              List.of(
                  new EditNode.Container(
                      CheckTrees.ROOT
                          .child("urn:ietf:params:xml:ns:yang:ietf-ntp", "ntp")
                          .orElseThrow(),
                      Optional.of(EditOperation.DELETE),
                      List.of())));
      RpcException refusal =
          assertThrows(RpcException.class, () -> control.requireRequest(BOB, request));
      assertEquals(ErrorTag.ACCESS_DENIED, refusal.errors().getFirst().tag());
      use(rules(data("/n:ntp", "delete", "permit")));
      assertDoesNotThrow(() -> control.requireRequest(ANN, request));
    }

    @Test
    void containersWithoutPresenceAreNobodysBusiness() throws Exception {
      String contact =
          "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><contact>noc</contact></system>";
      use(rules(data("/s:system/s:contact", "create delete", "permit")));
      assertDoesNotThrow(() -> write(ANN, "", contact));
      assertDoesNotThrow(() -> write(ANN, contact, ""));
      RpcError error = refused(ANN, "", NTP.formatted(""));
      assertEquals("/ntp:ntp", error.path().orElseThrow().xpath(), "which has presence");
    }
  }

  @Nested
  class Calling {
    @Test
    void aRuleNamesAnRpc() throws Exception {
      use(
          rules(
              "<rpc-name>commit</rpc-name><access-operations>exec</access-operations>"
                  + "<action>deny</action>",
              "<module-name>ietf-netconf</module-name><rpc-name>kill-session</rpc-name>"
                  + "<action>permit</action>"));
      assertThrows(RpcException.class, () -> control.requireOperation(ANN, "commit"));
      assertDoesNotThrow(() -> control.requireOperation(BOB, "commit"));
      assertDoesNotThrow(() -> control.requireOperation(ANN, "kill-session"));
      assertDoesNotThrow(() -> control.requireOperation(ANN, "lock"));
    }

    @Test
    void rulesForEverybodyMeetOnlyThoseInAGroup() throws Exception {
      use(
          "<rule-list><name>l</name><group>*</group><rule><name>r</name><rpc-name>*</rpc-name>"
              + "<action>deny</action></rule></rule-list>");
      assertThrows(RpcException.class, () -> control.requireOperation(ANN, "get"));
      assertDoesNotThrow(() -> control.requireOperation(BOB, "get"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/n:ntp/n:nothing, has no node nothing",
    "n:ntp, not a path",
    "/n:ntp/port, not a path",
    "/n:ntp/n:unicast-configuration[n:minpoll='5'], is no key",
  })
  void aPathThatLeadsNowhereIsRefused(String path, String why) {
    RpcException refusal =
        assertThrows(RpcException.class, () -> policy(rules(data(path, "read", "deny"))));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
    assertEquals(Optional.of("no-such-node"), refusal.errors().getFirst().appTag());
  }
}
