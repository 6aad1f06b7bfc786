package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// One request, one reply: the type, tag, app-tag, error-info and path of each.
class OperationRepliesTest {
  private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static TestSession session;

  /// A request and the summary of its reply.
  private record Row(String name, String operation, String reply) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "unknown operation", "<fly xmlns=\"urn:x\"/>", "protocol operation-not-supported"),
          new Row("unknown base operation", "<fly/>", "protocol operation-not-supported"),
          new Row(
              "operation in no namespace", "<get xmlns=\"\"/>", "protocol operation-not-supported"),
          new Row("empty rpc", "", "rpc malformed-message"),
          new Row(
              "two operations",
              "<get><filter/></get><get/>",
              "protocol unknown-element bad-element=get"),
          new Row(
              "get-config without source",
              "<get-config/>",
              "protocol missing-element bad-element=source"),
          new Row(
              "get-config with an empty source",
              "<get-config><source/></get-config>",
              "protocol missing-element bad-element=source"),
          new Row(
              "startup, which is not there",
              "<get-config><source><startup/></source></get-config>",
              "protocol unknown-element bad-element=startup"),
          new Row(
              "two sources",
              "<get-config><source><running/><candidate/></source></get-config>",
              "protocol bad-element bad-element=candidate"),
          new Row(
              "a parameter twice",
              "<get-config><source><running/></source><source><running/></source></get-config>",
              "protocol bad-element bad-element=source"),
          new Row(
              "an unknown parameter",
              "<get-config><source><running/></source><depth>1</depth></get-config>",
              "protocol unknown-element bad-element=depth"),
          new Row(
              "a parameter of another namespace",
              "<get><depth xmlns=\"urn:x\">1</depth></get>",
              "protocol unknown-namespace bad-element=depth bad-namespace=urn:x"),
          new Row(
              "an attribute on a parameter",
              "<get-config><source kind=\"x\"><running/></source></get-config>",
              "protocol unknown-attribute bad-attribute=kind bad-element=source"),
          new Row(
              "text in an operation",
              "<get-config>please<source><running/></source></get-config>",
              "protocol bad-element bad-element=get-config"),
          new Row(
              "a filter of another type",
              "<get><filter type=\"jsonpath\" select=\"/x\"/></get>",
              "protocol bad-attribute bad-attribute=type bad-element=filter"),
          new Row(
              "an unknown filter attribute",
              "<get><filter depth=\"1\"/></get>",
              "protocol unknown-attribute bad-attribute=depth bad-element=filter"),
          new Row(
              "a with-defaults mode that is not announced",
              "<get><with-defaults xmlns=\"urn:ietf:params:xml:ns:yang:"
                  + "ietf-netconf-with-defaults\">some</with-defaults></get>",
              "protocol invalid-value"),
          new Row(
              "every with-defaults mode",
              "<get-config><source><running/></source><with-defaults"
                  + " xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults\">"
                  + "report-all-tagged</with-defaults></get-config>",
              "data"),
          new Row(
              "defaults copied between datastores",
              "<copy-config><source><running/></source><target><candidate/></target>"
                  + "<with-defaults xmlns=\"urn:ietf:params:xml:ns:yang:"
                  + "ietf-netconf-with-defaults\">report-all</with-defaults></copy-config>",
              "protocol invalid-value"),
          new Row(
              "the with-defaults mode that is",
              "<get><filter/><with-defaults xmlns=\"urn:ietf:params:xml:ns:yang:"
                  + "ietf-netconf-with-defaults\"> explicit </with-defaults></get>",
              "data"),
          new Row(
              "edit-config without target",
              "<edit-config><config/></edit-config>",
              "protocol missing-element bad-element=target"),
          new Row(
              "edit-config without config",
              "<edit-config><target><candidate/></target></edit-config>",
              "protocol missing-element bad-element=config"),
          new Row(
              "edit-config of running",
              "<edit-config><target><running/></target><config/></edit-config>",
              "protocol operation-not-supported"),
          new Row(
              "edit-config by url",
              "<edit-config><target><candidate/></target><url>file:///x</url></edit-config>",
              "protocol unknown-element bad-element=url"),
          new Row(
              "a wrong default-operation",
              "<edit-config><target><candidate/></target>"
                  + "<default-operation>delete</default-operation><config/></edit-config>",
              "protocol invalid-value"),
          new Row(
              "a wrong test-option",
              "<edit-config><target><candidate/></target>"
                  + "<test-option>maybe</test-option><config/></edit-config>",
              "protocol invalid-value"),
          new Row(
              "a wrong error-option",
              "<edit-config><target><candidate/></target>"
                  + "<error-option>shrug</error-option><config/></edit-config>",
              "protocol invalid-value"),
          new Row(
              "config of no module",
              "<edit-config><target><candidate/></target><config><top xmlns=\"urn:x\"/></config>"
                  + "</edit-config>",
              "protocol unknown-namespace bad-element=top bad-namespace=urn:x"),
          new Row(
              "a value out of range",
              "<edit-config><target><candidate/></target><config>"
                  + "<ntp xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\"><port>99999</port></ntp>"
                  + "</config></edit-config>",
              "application invalid-value at /ntp:ntp/ntp:port"),
          new Row(
              "copy-config onto itself",
              "<copy-config><target><candidate/></target><source><candidate/></source>"
                  + "</copy-config>",
              "protocol invalid-value"),
          new Row(
              "copy-config of a configuration written out",
              "<copy-config><target><candidate/></target><source><config/></source></copy-config>",
              "ok"),
          new Row(
              "copy-config onto a configuration written out",
              "<copy-config><target><config/></target><source><running/></source></copy-config>",
              "protocol unknown-element bad-element=config"),
          new Row(
              "delete-config of running",
              "<delete-config><target><running/></target></delete-config>",
              "protocol operation-not-supported"),
          new Row("discard-changes", "<discard-changes/>", "ok"),
          new Row("commit of nothing", "<commit/>", "ok"),
          new Row(
              "a parameter that commit has not",
              "<commit><sure/></commit>",
              "protocol unknown-element bad-element=sure"),
          new Row(
              "a URL, which is not announced",
              "<copy-config><target><candidate/></target><source><url>file:///a</url></source>"
                  + "</copy-config>",
              "protocol unknown-element bad-element=url"),
          new Row(
              "an edit from a URL, which is not announced",
              "<edit-config><target><candidate/></target><url>file:///a</url></edit-config>",
              "protocol unknown-element bad-element=url"),
          new Row(
              "validate of the candidate",
              "<validate><source><candidate/></source></validate>",
              "ok"),
          new Row(
              "validate of a configuration written out",
              "<validate><source><config/></source></validate>",
              "ok"),
          new Row(
              "kill-session without a session",
              "<kill-session/>",
              "protocol missing-element bad-element=session-id"),
          new Row(
              "kill-session 0",
              "<kill-session><session-id>0</session-id></kill-session>",
              "protocol invalid-value"),
          new Row(
              "kill-session of a session that is not there",
              "<kill-session><session-id>4294967295</session-id></kill-session>",
              "protocol invalid-value"),
          new Row(
              "kill-session of no number",
              "<kill-session><session-id>4294967296</session-id></kill-session>",
              "protocol invalid-value"),
          new Row(
              "unlock of what is not locked",
              "<unlock><target><running/></target></unlock>",
              "protocol operation-failed"),
          new Row(
              "get-schema without identifier",
              "<get-schema xmlns=\"" + MONITORING + "\"/>",
              "protocol missing-element bad-element=identifier"),
          new Row(
              "get-schema of no module",
              "<get-schema xmlns=\"" + MONITORING + "\"><identifier>x</identifier></get-schema>",
              "protocol invalid-value"),
          new Row(
              "get-schema of no revision",
              "<get-schema xmlns=\""
                  + MONITORING
                  + "\"><identifier>ietf-ntp</identifier><version>1999-01-01</version></get-schema>",
              "protocol invalid-value"),
          new Row(
              "get-schema in a format that is not there",
              "<get-schema xmlns=\""
                  + MONITORING
                  + "\"><identifier>ietf-ntp</identifier><format>xsd</format></get-schema>",
              "protocol invalid-value"),
          new Row(
              "get-schema",
              "<get-schema xmlns=\""
                  + MONITORING
                  + "\"><identifier>ietf-ntp</identifier><version>2022-07-05</version>"
                  + "<format xmlns:m=\""
                  + MONITORING
                  + "\">m:yang</format></get-schema>",
              "data"),
          new Row(
              "a module's rpc with an unknown parameter",
              "<statistics-reset xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\"><x/>"
                  + "</statistics-reset>",
              "protocol unknown-element bad-element=x"),
          new Row(
              "a module's rpc with a bad value",
              "<statistics-reset xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\">"
                  + "<associations-address>no address</associations-address></statistics-reset>",
              "application invalid-value at /ntp:statistics-reset/ntp:associations-address"),
          new Row(
              "a module's rpc that refers to what is not there",
              "<statistics-reset xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\">"
                  + "<associations-address>192.0.2.1</associations-address></statistics-reset>",
              "application data-missing [instance-required] at"
                  + " /ntp:statistics-reset/ntp:associations-address"),
          new Row(
              "a module's rpc",
              "<statistics-reset xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\"/>",
              "ok"));

  @BeforeAll
  static void start() throws StoreException, RpcException, IOException {
    server = new TestServer(folder, SessionLimits.DEFAULT);
    session = server.session();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// All on one session, which every refusal must leave alive.
  @TestFactory
  Stream<DynamicTest> answersAsTheStandardsPrescribe() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(),
                    () -> assertEquals(row.reply(), session.rpc(row.operation()).summary())));
  }
}
