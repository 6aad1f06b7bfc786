package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.control.ControlData;
import io.chronoconf.ntp.engine.AssociationStatus.FilterSampleStatus;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What there is to see, in the words of control queries (RFC 9327 sections 3 and 4; units as ntpq
/// expects them: milliseconds and parts per million). The origin timestamp is never told: who knows
/// it can forge answers.
final class ControlVariables {
  private static final int ID_MASK = 0xffff;
  private static final int LEAP_SHIFT = 14;
  private static final int SOURCE_SHIFT = 8;
  private static final int SOURCE_NTP = 6;
  private static final int SOURCE_LOCAL = 5;
  private static final int CLOCK_SYNCHRONIZED = 0x15;
  private static final int NO_SYSTEM_PEER = 0x18;
  private static final int CONFIGURED = 0x8000;
  private static final int AUTHENTICATION_ENABLED = 0x4000;
  private static final int AUTHENTIC = 0x2000;
  private static final int REACHABLE = 0x1000;
  private static final int SELECTION_SHIFT = 8;
  private static final int EVENT_REACHABLE = 0x14;
  private static final int EVENT_UNREACHABLE = 0x13;
  private static final int MINIMUM_CLOCK = 4;
  private static final int LOOPBACK_NETWORK = 127;
  private static final int NTP_PORT = 123;

  private ControlVariables() {}

  static ControlData of(EngineStatus status) {
    SortedMap<Integer, ControlData.Peer> peers = new TreeMap<>();
    for (AssociationStatus row : status.associations()) {
      peers.put(row.id() & ID_MASK, new ControlData.Peer(word(row), variables(row)));
    }
    return new ControlData(word(status.system()), system(status), peers);
  }

  private static int word(SystemStatus system) {
    boolean isLocal = system.systemPeer().filter(key -> isLocalClock(key.address())).isPresent();
    int source = system.isSynchronized() ? isLocal ? SOURCE_LOCAL : SOURCE_NTP : 0;
    int event = system.isSynchronized() ? CLOCK_SYNCHRONIZED : NO_SYSTEM_PEER;
    return system.leap() << LEAP_SHIFT | source << SOURCE_SHIFT | event;
  }

  private static boolean isLocalClock(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && octets[0] == LOOPBACK_NETWORK && octets[1] == LOOPBACK_NETWORK;
  }

  private static int word(AssociationStatus row) {
    int selection =
        switch (row.selection()) {
          case REJECT -> 0;
          case FALSETICKER -> 1;
          case OUTLIER -> 3;
          case CANDIDATE -> 4;
          case SYSTEM_PEER -> 6;
        };
    boolean isReachable = row.reach() != 0;
    return (row.config().key().isConfigured() ? CONFIGURED : 0)
        | (row.config().keyId().isPresent() ? AUTHENTICATION_ENABLED : 0)
        | (row.authentication() == Authenticator.Result.SUCCESS ? AUTHENTIC : 0)
        | (isReachable ? REACHABLE : 0)
        | selection << SELECTION_SHIFT
        | (isReachable ? EVENT_REACHABLE : EVENT_UNREACHABLE);
  }

  private static Map<String, String> system(EngineStatus status) {
    SystemStatus system = status.system();
    int peer = system.systemPeer().map(key -> id(status.associations(), key)).orElse(0);
    Map<String, String> told = new LinkedHashMap<>();
    told.put("version", "\"Chronoconf\"");
    told.put("processor", "\"unknown\"");
    told.put("system", "\"Chronoconf\"");
    told.put("leap", Integer.toString(system.leap()));
    told.put("stratum", Integer.toString(system.stratum()));
    told.put("precision", Integer.toString(system.precision()));
    told.put("rootdelay", millis(system.rootDelay(), 3));
    told.put("rootdisp", millis(system.rootDispersion(), 3));
    told.put(
        "refid", system.isSynchronized() ? refid(system.referenceId(), system.stratum()) : "INIT");
    told.put("reftime", stamp(system.reference()));
    told.put("clock", stamp(status.at().local()));
    told.put("peer", Integer.toString(peer));
    told.put("tc", Integer.toString(Math.getExponent((double) system.pollSeconds())));
    told.put("mintc", Integer.toString(MINIMUM_CLOCK));
    told.put("offset", millis(system.offset(), 6));
    told.put("frequency", decimal(system.frequency() * 1e6, 3));
    told.put("sys_jitter", millis(system.jitter(), 6));
    told.put("clk_jitter", millis(system.jitter(), 6));
    told.put("clk_wander", decimal(system.stability() * 1e6, 3));
    return told;
  }

  private static int id(List<AssociationStatus> rows, AssociationKey key) {
    return rows.stream()
        .filter(row -> row.config().key().equals(key))
        .mapToInt(row -> row.id() & ID_MASK)
        .findFirst()
        .orElse(0);
  }

  private static Map<String, String> variables(AssociationStatus row) {
    InetAddress address = row.config().key().address();
    Map<String, String> told = new LinkedHashMap<>();
    told.put("srcadr", address.getHostAddress());
    told.put("srcport", Integer.toString(row.config().port()));
    told.put("dstadr", address instanceof Inet4Address ? "0.0.0.0" : "::");
    told.put("dstport", Integer.toString(NTP_PORT));
    told.put("leap", Integer.toString(row.leap()));
    told.put("stratum", Integer.toString(row.stratum()));
    told.put("precision", Integer.toString(row.precision()));
    told.put("rootdelay", millis(row.rootDelay(), 3));
    told.put("rootdisp", millis(row.rootDispersion(), 3));
    told.put("refid", refid(row.referenceId(), row.stratum()));
    told.put("reftime", stamp(row.reference()));
    told.put("rec", stamp(row.destination()));
    told.put("reach", "0x" + Integer.toHexString(row.reach()));
    told.put("unreach", Long.toString(row.unreachableSeconds()));
    told.put("hmode", Integer.toString(row.config().key().mode().wireMode()));
    told.put("pmode", Integer.toString(row.peerMode()));
    told.put("hpoll", Integer.toString(row.poll()));
    told.put("ppoll", Integer.toString(row.peerPoll()));
    told.put("headway", "0");
    told.put("flash", "0x0");
    told.put("keyid", Long.toString(row.config().keyId().orElse(0)));
    told.put("offset", millis(row.offset(), 6));
    told.put("delay", millis(row.delay(), 6));
    told.put("dispersion", millis(row.dispersion(), 6));
    told.put("jitter", millis(row.jitter(), 6));
    told.put("filtdelay", samples(row, sample -> millis(sample.delay(), 2)));
    told.put("filtoffset", samples(row, sample -> millis(sample.offset(), 2)));
    return told;
  }

  private static String samples(AssociationStatus row, Function<FilterSampleStatus, String> value) {
    return row.samples().stream().map(value).collect(Collectors.joining(" "));
  }

  /// Characters for who names a kind of clock, an address for all others.
  private static String refid(int bits, int stratum) {
    byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    boolean isText = stratum <= 1 || stratum >= 16;
    StringBuilder text = new StringBuilder();
    for (byte octet : octets) {
      if (isText && octet != 0) {
        isText = octet > ' ' && octet < 0x7f && octet != ',' && octet != '"';
        text.append((char) octet);
      }
    }
    if (isText && !text.isEmpty()) {
      return text.toString();
    }
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  private static String stamp(NtpTimestamp stamp) {
    return "0x" + stamp.toHex();
  }

  private static String millis(NtpDuration span, int digits) {
    return decimal(span.toMillis(), digits);
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
