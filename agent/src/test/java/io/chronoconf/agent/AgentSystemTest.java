package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ietf-system's clock, time zone and SNTP client do in a whole agent, beside /ntp.
class AgentSystemTest {
  private static final String SYS = "urn:ietf:params:xml:ns:yang:ietf-system";
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String CLOCK = "urn:chronoconf:yang:clock";
  private static final String EDIT =
      "<edit-config><target><candidate/></target><config"
          + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>%s</config></edit-config>";
  private static final String SNTP =
      "<system xmlns='"
          + SYS
          + "'><ntp><server><name>a</name><udp><address>127.0.0.1</address><port>9</port></udp>"
          + "</server></ntp></system>";
  private static final String NO_SNTP =
      "<system xmlns='" + SYS + "'><ntp nc:operation='delete'/></system>";
  private static final String FULL = "<ntp xmlns='" + NTP + "'><port>%d</port></ntp>";
  private static final String NO_FULL = "<ntp xmlns='" + NTP + "' nc:operation='delete'/>";
  private static final String STATE =
      "<get><filter><system-state xmlns='" + SYS + "'/><ntp xmlns='" + NTP + "'/></filter></get>";

  @TempDir Path folder;
  private int ntpPort;

  @SuppressWarnings("NullAway.Init")
  private Agent agent;

  @SuppressWarnings("NullAway.Init")
  private NetconfSshClient admin;

  @BeforeEach
  void start() throws Exception {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      ntpPort = free.getLocalPort();
    }
    String[] options = {
      "--state=" + folder.resolve("state"),
      "--netconf-port=0",
      "--ntp-address=127.0.0.1",
      "--ntp-port=" + ntpPort
    };
    if (!(CommandLine.parse(options) instanceof CommandLine.Run(AgentOptions run))) {
      throw new AssertionError("these options run the agent");
    }
    agent = Agent.start(run);
    admin = login("admin", password());
  }

  @AfterEach
  void stop() throws IOException {
    admin.close();
    agent.close();
  }

  private String password() {
    return agent.newAdministrator().orElseThrow() instanceof Administrator.WithPassword user
        ? user.password().clear()
        : "";
  }

  private NetconfSshClient login(String user, String password) throws IOException {
    return NetconfSshClient.connect(agent.netconfAddresses().getFirst(), user, password);
  }

  private void ok(String operation) throws IOException {
    String reply = admin.request(operation);
    assertTrue(reply.contains("<ok/>"), reply);
  }

  private void edit(String content) throws IOException {
    ok(EDIT.formatted(content));
  }

  private void commit(String content) throws IOException {
    edit(content);
    ok("<commit/>");
  }

  private String full() {
    return FULL.formatted(ntpPort);
  }

  /// The text of the first element of this name.
  private static String text(String reply, String element) {
    Matcher matcher =
        Pattern.compile("<(?:[a-z]+:)?" + element + "(?: [^>]*)?>([^<]*)<").matcher(reply);
    assertTrue(matcher.find(), element + " in " + reply);
    return matcher.group(1);
  }

  @Test
  void sntpIsRefusedWhileNtpIsThere() throws Exception {
    edit(SNTP);
    for (String operation :
        new String[] {"<validate><source><candidate/></source></validate>", "<commit/>"}) {
      String reply = admin.request(operation);
      assertEquals("operation-failed", text(reply, "error-tag"));
      assertEquals("sntp-ntp-exclusive", text(reply, "error-app-tag"));
      assertEquals("/sys:system/sys:ntp", text(reply, "error-path"));
      assertTrue(text(reply, "error-message").contains("Delete /ntp in the same change"), reply);
    }
    ok("<discard-changes/>");
    assertTrue(admin.request(STATE).contains("<clock-state"));
  }

  @Test
  void ntpIsRefusedWhileSntpIsThere() throws Exception {
    commit(NO_FULL + SNTP);
    edit(full());
    String reply = admin.request("<commit/>");
    assertEquals("unknown-element", text(reply, "error-tag"));
    assertEquals("ntp", text(reply, "bad-element"));
    assertEquals("/ntp:ntp", text(reply, "error-path"));
  }

  @Test
  void oneEditLeadsFromEachToTheOther() throws Exception {
    commit(SNTP + NO_FULL);
    String state = admin.request(STATE);
    assertFalse(state.contains("clock-state"), state);
    assertEquals("false", text(state, "synchronized"));
    assertEquals("16", text(state, "stratum"));
    commit(full() + NO_SNTP);
    assertTrue(admin.request(STATE).contains("clock-state"));
  }

  @Test
  void aServerThatCannotBeOneIsRefusedByTheCommit() throws Exception {
    edit(NO_FULL + SNTP.replace("127.0.0.1", "224.0.1.1"));
    assertEquals("not-unicast", text(admin.request("<commit/>"), "error-app-tag"));
  }

  @Test
  void switchingNtpOffKeepsItsConfiguration() throws Exception {
    String server =
        "<ntp xmlns='%s'><refclock-master/><unicast-configuration><address>127.0.0.1</address>"
                .formatted(NTP)
            + "<type>uc-server</type></unicast-configuration></ntp>";
    String enabled = "<ntp xmlns='%s'><enabled xmlns='urn:chronoconf:yang:ntp'>%s</enabled></ntp>";
    commit(server);
    String on = admin.request(STATE);
    assertEquals("8", text(on, "clock-stratum"));
    commit(enabled.formatted(NTP, "false"));
    String off = admin.request(STATE);
    assertEquals("16", text(off, "clock-stratum"));
    assertEquals("none", text(off, "clock-refid"));
    assertFalse(off.contains("<association>"), off);
    assertFalse(off.contains("<session>"), off);
    assertTrue(off.contains("<unicast-configuration>"), off);
    assertTrue(off.contains("<refclock-master"), off);
    commit(enabled.formatted(NTP, "true"));
    assertEquals("8", text(admin.request(STATE), "clock-stratum"));
    commit(NO_FULL);
    assertFalse(admin.request(STATE).contains("<ntp "));
  }

  @ParameterizedTest
  @CsvSource({
    "<timezone-utc-offset>-210</timezone-utc-offset>, -03:30",
    "<timezone-name>Asia/Kolkata</timezone-name>, +05:30"
  })
  void datesAreShownInTheConfiguredZone(String zone, String offset) throws Exception {
    String before = admin.request(STATE);
    assertTrue(text(before, "current-datetime").endsWith("Z"), before);
    commit("<system xmlns='%s'><clock>%s</clock></system>".formatted(SYS, zone));
    commit("<ntp xmlns='%s'><refclock-master/></ntp>".formatted(NTP));
    String after = admin.request(STATE);
    for (String leaf :
        new String[] {
          "current-datetime", "boot-datetime", "reference-time", "discontinuity-time"
        }) {
      String date = text(after, leaf);
      assertTrue(date.endsWith(offset), leaf + " " + date);
    }
    Duration between =
        Duration.between(instant(before, "boot-datetime"), instant(after, "boot-datetime"));
    assertTrue(between.abs().toSeconds() < 60, between.toString());
  }

  private static Instant instant(String reply, String leaf) {
    return OffsetDateTime.parse(text(reply, leaf)).toInstant();
  }

  @Test
  void aZoneThatNobodyKnowsIsRefused() throws Exception {
    edit(
        "<system xmlns='%s'><clock><timezone-name>Europe/Atlantis</timezone-name></clock></system>"
            .formatted(SYS));
    assertEquals("unknown-time-zone", text(admin.request("<commit/>"), "error-app-tag"));
  }

  private static String set(String date) {
    return "<set-current-datetime xmlns='%s'><current-datetime>%s</current-datetime></set-current-datetime>"
        .formatted(SYS, date);
  }

  private void leaveClockAlone() throws IOException {
    commit(
        "<system xmlns='%s'><clock><protocol xmlns='%s'>none</protocol></clock></system>"
            .formatted(SYS, CLOCK));
  }

  @Test
  void theClockIsSetByHandOnlyIfNtpDoesNotSetIt() throws Exception {
    String refusal = admin.request(set("2030-05-06T07:08:09Z"));
    assertEquals("operation-failed", text(refusal, "error-tag"));
    assertEquals("ntp-active", text(refusal, "error-app-tag"));
    leaveClockAlone();
    ok(set("2030-05-06T07:08:09.5+02:00"));
    Instant shown = instant(admin.request(STATE), "current-datetime");
    Duration since = Duration.between(Instant.parse("2030-05-06T05:08:09.5Z"), shown);
    assertTrue(!since.isNegative() && since.toSeconds() < 60, shown.toString());
  }

  @ParameterizedTest
  @CsvSource({"2026-02-30T00:00:00Z", "2100-01-01T00:00:00Z", "1950-01-01T00:00:00Z"})
  void datesThatAreNoneOrTooFarAwayAreRefused(String date) throws Exception {
    leaveClockAlone();
    assertEquals("invalid-value", text(admin.request(set(date)), "error-tag"));
  }

  @Test
  void onlyWhoWasGivenTheRightSetsTheClock() throws Exception {
    commit(
        "<system xmlns='%s'><authentication><user><name>olga</name><password>$0$olga's</password>"
                .formatted(SYS)
            + "</user></authentication></system>"
            + "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'><groups><group>"
            + "<name>operators</name><user-name>olga</user-name></group></groups></nacm>");
    leaveClockAlone();
    try (NetconfSshClient olga = login("olga", "olga's")) {
      assertEquals("access-denied", text(olga.request(set("2030-05-06T07:08:09Z")), "error-tag"));
    }
  }

  @Test
  void whatIsNoTaskOfTheAgentIsNotThere() throws Exception {
    for (String rpc : new String[] {"system-restart", "system-shutdown"}) {
      String reply = admin.request("<%s xmlns='%s'/>".formatted(rpc, SYS));
      assertTrue(reply.contains("<rpc-error>"), reply);
    }
    String reply =
        admin.request(EDIT.formatted("<system xmlns='%s'><dns-resolver/></system>".formatted(SYS)));
    assertEquals("unknown-element", text(reply, "error-tag"));
  }

  @Test
  void contactHostNameAndLocationAreKeptAndShown() throws Exception {
    commit(
        "<system xmlns='%s'><contact>noc</contact><hostname>ntp1.example</hostname>".formatted(SYS)
            + "<location>rack 3</location></system>");
    String reply = admin.request("<get><filter><system xmlns='%s'/></filter></get>".formatted(SYS));
    assertEquals("noc", text(reply, "contact"));
    assertEquals("ntp1.example", text(reply, "hostname"));
    assertEquals("rack 3", text(reply, "location"));
  }
}
