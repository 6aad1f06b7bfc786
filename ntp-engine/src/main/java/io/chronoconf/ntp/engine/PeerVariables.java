package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.control.AddressText;
import io.chronoconf.ntp.control.ControlData;
import io.chronoconf.ntp.engine.AssociationStatus.FilterSampleStatus;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One association in the words of control queries (RFC 9327 section 4). The origin and transmit
/// timestamps are never told: who knows them can forge packets.
///
/// @param row what there is to see of it
/// @param association itself; empty for the local clock
/// @param servicePort our port that serves
record PeerVariables(AssociationStatus row, Optional<Association> association, int servicePort) {
  private static final int CONFIGURED = 0x8000;
  private static final int AUTHENTICATION_ENABLED = 0x4000;
  private static final int AUTHENTIC = 0x2000;
  private static final int REACHABLE = 0x1000;
  private static final int SENDS_ONLY = 0x0800;
  private static final int SELECTION_SHIFT = 8;
  private static final int EVENT_REACHABLE = 0x14;
  private static final int EVENT_UNREACHABLE = 0x13;
  private static final int PACKET_DENIED = 1 << 3;
  private static final int PACKET_AUTHENTICATION = 1 << 4;
  private static final int PACKET_STRATUM = 1 << 5;
  private static final int PACKET_HEADER = 1 << 6;
  private static final int PEER_STRATUM = 1 << 9;
  private static final int PEER_DISTANCE = 1 << 10;
  private static final int PEER_LOOP = 1 << 11;
  private static final int PEER_UNREACHABLE = 1 << 12;
  private static final int LOOPBACK_NETWORK = 127;

  /// The peer status word (RFC 9327 section 3.2).
  int word() {
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
        | (row.config().key().mode() == AssociationMode.BROADCAST_SERVER ? SENDS_ONLY : 0)
        | selection << SELECTION_SHIFT
        | (isReachable ? EVENT_REACHABLE : EVENT_UNREACHABLE);
  }

  ControlData.Variables all() {
    return new ControlData.Variables(usual(), special());
  }

  private Map<String, String> usual() {
    InetAddress address = row.config().key().address();
    boolean isLocal = isLocalClock(address);
    Map<String, String> told = new LinkedHashMap<>();
    told.put("srcadr", AddressText.of(address));
    told.put("srcport", Integer.toString(row.config().port()));
    if (isLocal) {
      told.put("srchost", ControlText.quoted(clockName(address)));
    }
    told.put(
        "dstadr",
        isLocal
            ? "127.0.0.1"
            : row.localAddress()
                .map(AddressText::of)
                .orElse(address instanceof Inet4Address ? "0.0.0.0" : "::"));
    told.put("dstport", Integer.toString(localPort()));
    told.put("leap", Integer.toString(row.leap()));
    told.put("stratum", Integer.toString(row.stratum()));
    told.put("precision", Integer.toString(row.precision()));
    told.put("rootdelay", ControlText.millis(row.rootDelay(), 3));
    told.put("rootdisp", ControlText.millis(row.rootDispersion(), 3));
    told.put("refid", ControlText.refid(row.referenceId(), row.stratum()));
    // Who reads them takes "never" for a time of day.
    tellKnown(told, "reftime", row.reference());
    tellKnown(told, "rec", row.destination());
    told.put("reach", "0x" + Integer.toHexString(row.reach()));
    told.put("unreach", Long.toString(row.unreachableSeconds()));
    told.put("hmode", Integer.toString(row.config().key().mode().wireMode()));
    told.put("pmode", Integer.toString(row.peerMode()));
    told.put("hpoll", Integer.toString(row.poll()));
    told.put("ppoll", Integer.toString(row.peerPoll()));
    told.put("xleave", row.isInterleaved() ? "1" : "0");
    told.put("headway", "0");
    told.put("flash", "0x" + Integer.toHexString(flash(row.rejectReason())));
    told.put("keyid", Long.toString(row.config().keyId().orElse(0)));
    told.put("offset", ControlText.millis(row.offset(), 6));
    told.put("delay", ControlText.millis(row.delay(), 6));
    told.put("dispersion", ControlText.millis(row.dispersion(), 6));
    told.put("jitter", ControlText.millis(row.jitter(), 6));
    told.put("filtdelay", samples(sample -> ControlText.millis(sample.delay(), 2)));
    told.put("filtoffset", samples(sample -> ControlText.millis(sample.offset(), 2)));
    told.put("filtdisp", samples(sample -> ControlText.millis(sample.dispersion(), 2)));
    return told;
  }

  private Map<String, String> special() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("timerec", Long.toString(row.secondsSinceReceived()));
    told.put("sent", Long.toString(row.counters().sent()));
    told.put("received", Long.toString(row.counters().received()));
    association
        .map(Association::counts)
        .ifPresent(
            counts -> {
              told.put("badauth", Long.toString(counts.dropped(DropReason.AUTHENTICATION)));
              told.put("bogusorg", Long.toString(counts.dropped(DropReason.BOGUS)));
              told.put("oldpkt", Long.toString(counts.dropped(DropReason.DUPLICATE)));
              told.put("selbroken", Long.toString(counts.dropped(DropReason.BAD_HEADER)));
            });
    return told;
  }

  /// Clock variables of the local clock, which cannot fail.
  Optional<Map<String, String>> clock() {
    if (!isLocalClock(row.config().key().address())) {
      return Optional.empty();
    }
    Map<String, String> told = new LinkedHashMap<>();
    told.put("name", ControlText.quoted(clockName(row.config().key().address())));
    told.put("device", ControlText.quoted("local clock"));
    told.put("noreply", "0");
    told.put("badformat", "0");
    told.put("baddata", "0");
    told.put("stratum", Integer.toString(row.stratum()));
    told.put("refid", ControlText.refid(row.referenceId(), row.stratum()));
    return Optional.of(told);
  }

  /// The parentheses tell that it is a clock.
  private static String clockName(InetAddress address) {
    return "LOCAL(" + (address.getAddress()[3] & 0xff) + ")";
  }

  /// A client's port is another one from time to time and not known here.
  private int localPort() {
    return switch (row.config().key().mode()) {
      case SYMMETRIC_ACTIVE, SYMMETRIC_PASSIVE, BROADCAST_SERVER, BROADCAST_CLIENT -> servicePort;
      case CLIENT -> isLocalClock(row.config().key().address()) ? servicePort : 0;
      case SERVER -> 0;
    };
  }

  /// The test that it fails, a bit for each.
  private static int flash(RejectReason reason) {
    return switch (reason) {
      case NONE, FALSETICKER -> 0;
      case ACCESS, KISS -> PACKET_DENIED;
      case AUTHENTICATION -> PACKET_AUTHENTICATION;
      case UNSYNCHRONIZED -> PACKET_STRATUM;
      case OFFSET_68_YEARS -> PACKET_HEADER;
      case STRATUM -> PEER_STRATUM;
      case DISTANCE -> PEER_DISTANCE;
      case LOOP -> PEER_LOOP;
      case NO_REPLY -> PEER_UNREACHABLE;
    };
  }

  private static void tellKnown(Map<String, String> told, String name, NtpTimestamp stamp) {
    if (!stamp.isUnknown()) {
      told.put(name, ControlText.stamp(stamp));
    }
  }

  private String samples(Function<FilterSampleStatus, String> value) {
    return row.samples().stream().map(value).collect(Collectors.joining(" "));
  }

  /// Whether it is an address that stands for the local clock.
  static boolean isLocalClock(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && octets[0] == LOOPBACK_NETWORK && octets[1] == LOOPBACK_NETWORK;
  }
}
