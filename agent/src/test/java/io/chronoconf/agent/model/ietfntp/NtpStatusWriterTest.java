package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.model.PathTable.Handling;
import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.AssociationStatus.FilterSampleStatus;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.PacketCounters;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NtpStatusWriterTest {
  private static final Instant TIME = Instant.parse("2026-11-23T12:00:00Z");
  private static final NtpTimestamp STAMP = NtpTimestamp.of(TIME);
  private static final String SYSTEM = "/ntp/clock-state/system-status/";
  private static final String SERVER = "/ntp/associations/association[10.0.0.1,client,true]/";
  private static final String SESSION = "/ntp/associations/session[7]/";

  private static NtpDuration seconds(double seconds) {
    return NtpDuration.ofSeconds(seconds);
  }

  private static PacketCounters counters(long sent) {
    return new PacketCounters(STAMP, sent, 1, (1L << 32) + 2, 3);
  }

  private static AssociationKey key(String address) {
    return new AssociationKey("", InetAddress.ofLiteral(address), AssociationMode.CLIENT, true);
  }

  private static final AssociationKey IN_VPN =
      new AssociationKey(
          "vpn1", "eth1", InetAddress.ofLiteral("10.0.0.1"), AssociationMode.CLIENT, true);

  /// One in a VPN, found by name, with a source and an interface of its own.
  private static AssociationStatus named(int id) {
    AssociationConfig config =
        new AssociationConfig(
                IN_VPN,
                123,
                4,
                new PollExponent(6),
                new PollExponent(10),
                false,
                true,
                false,
                OptionalLong.of(42),
                Optional.of("eth2"),
                0)
            .withHostName("ntp.example.net");
    return server(id, config, Selection.SYSTEM_PEER);
  }

  @Test
  void devicesHaveTheNamesOfInterfaces() {
    Map<String, String> leaves = written(synchronizedTo(IN_VPN), List.of(named(7)));
    assertEquals("vpn1:eth1", leaves.get(SESSION + "+interface"));
    assertEquals("vpn1:eth2", leaves.get(SESSION + "+source-interface"));
    assertEquals("vpn1:eth0", leaves.get(SERVER + "peer-interface"));
    assertEquals("vpn1", leaves.get(SERVER + "+network-instance"));
    assertEquals("ntp.example.net", leaves.get(SERVER + "+host-name"));
    assertEquals("vpn1", leaves.get("/ntp/clock-state/system-status/+network-instance"));
  }

  @Test
  void whoSpeaksToAllIsCountedAndHasNoSession() {
    AssociationKey everybody =
        new AssociationKey(
            "",
            "eth0",
            InetAddress.ofLiteral("255.255.255.255"),
            AssociationMode.BROADCAST_SERVER,
            true);
    Map<String, String> leaves =
        written(unsynchronized(), List.of(server(7, everybody, Selection.REJECT)));
    assertTrue(leaves.keySet().stream().noneMatch(path -> path.contains("session[7]")));
    assertTrue(
        leaves.containsKey(
            "/ntp/associations/association[255.255.255.255,broadcast-server,true]/port"));
    assertEquals("1", leaves.get("/ntp/associations/session-summary/+total-ipv4"));
  }

  /// A server an hour ahead, followed.
  private static AssociationStatus server(int id, AssociationKey key, Selection selection) {
    AssociationConfig config =
        new AssociationConfig(
            key,
            123,
            4,
            new PollExponent(6),
            new PollExponent(10),
            false,
            true,
            false,
            OptionalLong.of(42),
            Optional.empty(),
            0);
    return server(id, config, selection);
  }

  private static AssociationStatus server(int id, AssociationConfig config, Selection selection) {
    return new AssociationStatus(
        id,
        config,
        selection,
        RejectReason.NONE,
        Authenticator.Result.NOT_PERFORMED,
        2,
        0,
        0x7f7f0100,
        255,
        0,
        6,
        4,
        true,
        6,
        17,
        seconds(3600),
        seconds(0.0012345),
        seconds(0.5),
        seconds(0.000002),
        seconds(0.0001),
        seconds(0.25),
        seconds(0.125),
        -21,
        STAMP,
        STAMP,
        STAMP,
        STAMP,
        STAMP,
        List.of(new FilterSampleStatus(seconds(3600), seconds(0.002), seconds(0.001), 0)),
        Optional.empty(),
        Optional.of("eth0"),
        counters(4));
  }

  /// The same server, never heard.
  private static AssociationStatus silent(int id) {
    AssociationStatus s = server(id, key("10.0.0.1"), Selection.REJECT);
    return new AssociationStatus(
        id,
        s.config(),
        Selection.REJECT,
        RejectReason.NO_REPLY,
        Authenticator.Result.NOT_PERFORMED,
        16,
        3,
        0x494e4954,
        0,
        3_000,
        6,
        0,
        false,
        0,
        3_000,
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        seconds(16),
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        seconds(16),
        0,
        NtpTimestamp.UNKNOWN,
        STAMP,
        STAMP,
        STAMP,
        STAMP,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        counters(4));
  }

  private static SystemStatus synchronizedTo(AssociationKey peer) {
    return new SystemStatus(
        true,
        SyncState.CLOCK_SYNCHRONIZED,
        3,
        0,
        0x0a000001,
        Optional.of(peer),
        seconds(0.004),
        1e-5,
        seconds(0.000029),
        2e-9,
        seconds(0.0012345678),
        seconds(0.0311234),
        STAMP,
        -21,
        64);
  }

  private static SystemStatus unsynchronized() {
    return new SystemStatus(
        false,
        SyncState.CLOCK_NEVER_SET,
        16,
        3,
        0,
        Optional.empty(),
        NtpDuration.ZERO,
        0,
        NtpDuration.ZERO,
        0,
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        NtpTimestamp.UNKNOWN,
        -21,
        64);
  }

  private static Map<String, String> written(
      SystemStatus system, List<AssociationStatus> associations, String... degraded) {
    EngineStatus status = status(system, associations, degraded);
    return Trees.leaves(
        NtpStatusWriter.write(
            Trees.ROOT, status, new NtpDates(TIME, new DeviceZone.Unknown()), InterfaceNames.NONE));
  }

  private static EngineStatus status(
      SystemStatus system, List<AssociationStatus> associations, String... degraded) {
    return new EngineStatus(
        new Now(new MonotonicTime(0), STAMP), system, associations, counters(9), List.of(degraded));
  }

  private static Map<String, String> clock(SystemStatus system, String... degraded) {
    return Trees.leaves(
        SynchronizationWriter.write(Trees.ROOT, status(system, List.of(), degraded)));
  }

  private static Map<String, String> followed() {
    return written(
        synchronizedTo(key("10.0.0.1")),
        List.of(server(7, key("10.0.0.1"), Selection.SYSTEM_PEER)));
  }

  @Test
  void theStandardSaysBehindWithAMinusAndTheExtensionWithAPlus() {
    Map<String, String> leaves = followed();
    assertEquals("-3600000.0", leaves.get(SERVER + "offset"));
    assertEquals("3600000.0", leaves.get(SESSION + "+offset"));
    assertEquals("-4.0", leaves.get(SYSTEM + "clock-offset"));
  }

  @Test
  void saysWhetherAnswersAreInterleaved() {
    assertEquals("true", followed().get(SERVER + "+interleaved"));
    assertEquals("true", followed().get(SESSION + "+interleaved"));
  }

  @Test
  void precisionIsPositiveInTheStandardAndNegativeInTheExtension() {
    Map<String, String> leaves = followed();
    assertEquals("21", leaves.get(SYSTEM + "clock-precision"));
    assertEquals("-21", leaves.get(SYSTEM + "+precision-exponent"));
  }

  @Test
  void aSynchronizedClockShowsItsSource() {
    Map<String, String> leaves = followed();
    assertEquals("synchronized", leaves.get(SYSTEM + "clock-state"));
    assertEquals("3", leaves.get(SYSTEM + "clock-stratum"));
    assertEquals("10.0.0.1", leaves.get(SYSTEM + "clock-refid"));
    assertEquals("10.0.0.1", leaves.get(SYSTEM + "associations-address"));
    assertEquals("client", leaves.get(SYSTEM + "associations-local-mode"));
    assertEquals("true", leaves.get(SYSTEM + "associations-isconfigured"));
    assertEquals("clock-synchronized", leaves.get(SYSTEM + "sync-state"));
    assertEquals("00", leaves.get(SYSTEM + "+leap-indicator"));
    assertEquals("64", leaves.get(SYSTEM + "+system-poll-interval"));
  }

  @Test
  void rootDelayAndDispersionHaveThreeDigitsInTheStandardAndFiveInTheExtension() {
    Map<String, String> leaves = followed();
    assertEquals("1.235", leaves.get(SYSTEM + "root-delay"));
    assertEquals("1.23457", leaves.get(SYSTEM + "+root-delay"));
    assertEquals("31.123", leaves.get(SYSTEM + "root-dispersion"));
    assertEquals("31.1234", leaves.get(SYSTEM + "+root-dispersion"));
  }

  @Test
  void frequencyJitterAndStabilityAreInTheirUnits() {
    Map<String, String> leaves = followed();
    assertEquals("1000000000.0", leaves.get(SYSTEM + "nominal-freq"));
    assertEquals("1000010000.0", leaves.get(SYSTEM + "actual-freq"));
    assertEquals("0.000029", leaves.get(SYSTEM + "+clock-jitter"));
    assertEquals("0.002", leaves.get(SYSTEM + "+stability"));
    assertEquals(STAMP.toHex(), leaves.get(SYSTEM + "+reference-timestamp"));
    assertEquals("2026-11-23T12:00:00Z", leaves.get(SYSTEM + "reference-time"));
  }

  @Test
  void anUnsynchronizedClockShowsWhatTheModelDemandsAndNoSource() {
    Map<String, String> leaves = written(unsynchronized(), List.of());
    assertEquals("unsynchronized", leaves.get(SYSTEM + "clock-state"));
    assertEquals("16", leaves.get(SYSTEM + "clock-stratum"));
    assertEquals("none", leaves.get(SYSTEM + "clock-refid"));
    assertEquals("11", leaves.get(SYSTEM + "+leap-indicator"));
    assertEquals("clock-never-set", leaves.get(SYSTEM + "sync-state"));
    assertEquals("0", leaves.get(SYSTEM + "reference-time"));
    for (String absent :
        List.of("associations-address", "clock-offset", "root-delay", "+reference-timestamp")) {
      assertNull(leaves.get(SYSTEM + absent), absent);
    }
  }

  @Test
  void whatTheEnvironmentRefusesIsListedOnce() {
    Map<String, String> leaves = written(unsynchronized(), List.of(), "port taken", "port taken");
    assertEquals("port taken", leaves.get(SYSTEM + "degraded"));
  }

  @Test
  void aFollowedServerHasEveryFlag() {
    Map<String, String> leaves = followed();
    assertEquals(
        "[master, stratum-valid, selected, candidate, configured]", leaves.get(SERVER + "+flags"));
    assertEquals(
        "[configured, master, selected, candidate, sane, valid]",
        leaves.get(SERVER + "+clock-status"));
    assertEquals("none", leaves.get(SERVER + "+reject-reason"));
    assertEquals("not-performed", leaves.get(SERVER + "+authentication-state"));
    assertEquals("server", leaves.get(SERVER + "+peer-mode"));
    assertEquals("127.127.1.0", leaves.get(SERVER + "refid"));
  }

  @Test
  void aSilentServerIsUnreachableAndItsTimesAreUnknown() {
    Map<String, String> leaves = written(unsynchronized(), List.of(silent(7)));
    assertEquals("INIT", leaves.get(SERVER + "refid"));
    assertEquals("16", leaves.get(SERVER + "stratum"));
    assertEquals("255", leaves.get(SERVER + "unreach"));
    assertEquals("3000", leaves.get(SERVER + "now"));
    assertEquals("2026-11-23T12:00:00Z", leaves.get(SERVER + "originate-time"));
    assertEquals("0", leaves.get(SERVER + "receive-time"));
    assertEquals("0", leaves.get(SERVER + "transmit-time"));
    assertEquals("0", leaves.get(SERVER + "input-time"));
    assertEquals("[configured]", leaves.get(SERVER + "+flags"));
    assertEquals("[configured, insane, invalid, unsynced]", leaves.get(SERVER + "+clock-status"));
    assertEquals("no-reply", leaves.get(SERVER + "+reject-reason"));
    assertEquals("unspec", leaves.get(SERVER + "+peer-mode"));
  }

  @Test
  void aLocalClockUnderAPrimaryServerHasNoStratumInTheStandardsList() {
    AssociationStatus local = withStratum(server(7, key("127.127.1.0"), Selection.SYSTEM_PEER), 0);
    Map<String, String> leaves = written(synchronizedTo(key("127.127.1.0")), List.of(local));
    assertFalse(
        leaves.containsKey("/ntp/associations/association[127.127.1.0,client,true]/stratum"));
    assertEquals("0", leaves.get(SESSION + "+stratum"));
  }

  private static AssociationStatus withStratum(AssociationStatus s, int stratum) {
    return new AssociationStatus(
        s.id(),
        s.config(),
        s.selection(),
        s.rejectReason(),
        s.authentication(),
        stratum,
        s.leap(),
        s.referenceId(),
        s.reach(),
        s.unreachableSeconds(),
        s.poll(),
        s.peerMode(),
        s.isInterleaved(),
        s.peerPoll(),
        s.secondsSinceReceived(),
        s.offset(),
        s.delay(),
        s.dispersion(),
        s.jitter(),
        s.rootDelay(),
        s.rootDispersion(),
        s.rootDistance(),
        s.precision(),
        s.reference(),
        s.originate(),
        s.receive(),
        s.transmit(),
        s.destination(),
        s.samples(),
        s.localAddress(),
        s.peerInterface(),
        s.counters());
  }

  @Test
  void ofAssociationsWithOneKeyTheBestIsInTheStandardsListAndAllAreSessions() {
    AssociationKey inVpn =
        new AssociationKey("vpn1", InetAddress.ofLiteral("10.0.0.1"), AssociationMode.CLIENT, true);
    Map<String, String> leaves =
        written(
            synchronizedTo(inVpn),
            List.of(
                server(7, key("10.0.0.1"), Selection.CANDIDATE),
                server(8, inVpn, Selection.SYSTEM_PEER),
                server(9, inVpn, Selection.SYSTEM_PEER)));
    assertEquals("8", leaves.get(SERVER + "+session-id"));
    assertTrue(leaves.containsKey("/ntp/associations/session[7]/+reach"));
    assertTrue(leaves.containsKey("/ntp/associations/session[8]/+reach"));
    assertTrue(leaves.containsKey("/ntp/associations/session[9]/+reach"));
  }

  @Test
  void sessionsAreCountedByFamilyAndOrigin() {
    AssociationKey dynamic =
        new AssociationKey("", InetAddress.ofLiteral("::1"), AssociationMode.CLIENT, false);
    Map<String, String> leaves =
        written(
            unsynchronized(),
            List.of(
                server(1, key("10.0.0.1"), Selection.REJECT),
                server(2, key("10.0.0.2"), Selection.REJECT),
                server(3, dynamic, Selection.REJECT)));
    String summary = "/ntp/associations/session-summary/+";
    assertEquals("2", leaves.get(summary + "total-ipv4"));
    assertEquals("1", leaves.get(summary + "total-ipv6"));
    assertEquals("2", leaves.get(summary + "static"));
    assertEquals("1", leaves.get(summary + "dynamic"));
  }

  @Test
  void countersAreWritten() {
    Map<String, String> leaves = followed();
    assertEquals("4", leaves.get(SERVER + "ntp-statistics/packet-sent"));
    assertEquals("2", leaves.get(SERVER + "ntp-statistics/packet-received"));
    assertEquals("9", leaves.get("/ntp/ntp-statistics/packet-sent"));
    assertEquals("1", leaves.get("/ntp/ntp-statistics/packet-sent-fail"));
    assertEquals("3", leaves.get("/ntp/ntp-statistics/packet-dropped"));
    assertEquals("2026-11-23T12:00:00Z", leaves.get("/ntp/ntp-statistics/discontinuity-time"));
  }

  private static final String CLOCK = "/system-state/clock/synchronization/";

  @Test
  void theSystemsClockShowsWhetherItFollowsASource() {
    Map<String, String> leaves = clock(synchronizedTo(key("10.0.0.1")));
    assertEquals("true", leaves.get(CLOCK + "+synchronized"));
    assertEquals("3", leaves.get(CLOCK + "+stratum"));
    assertEquals("10.0.0.1", leaves.get(CLOCK + "+source"));
    assertEquals("4.0", leaves.get(CLOCK + "+offset"));
  }

  @Test
  void theSystemsClockHasNeitherSourceNorOffsetWhileUnsynchronized() {
    assertEquals(
        Map.of(
            CLOCK + "+synchronized", "false",
            CLOCK + "+stratum", "16",
            CLOCK + "degraded", "refused"),
        clock(unsynchronized(), "refused"));
  }

  /// The table's rows are kept: a leaf that it claims and that nobody writes would be a hole too.
  @Test
  void everyStateLeafOfTheTableIsWritten() {
    Map<String, String> leaves =
        new TreeMap<>(written(synchronizedTo(IN_VPN), List.of(named(7)), "port taken"));
    leaves.putAll(clock(synchronizedTo(key("10.0.0.1")), "port taken"));
    List<String> writtenNames =
        leaves.keySet().stream().map(path -> path.replaceAll("\\[[^]]*\\]|\\+", "")).toList();
    for (PathTable.Row row : NtpPaths.TABLE.rows()) {
      if (row.handling() == Handling.STATE) {
        String path = row.path().replaceAll("/[a-z]+:", "/");
        assertTrue(writtenNames.contains(path), row.path());
      }
    }
  }
}
