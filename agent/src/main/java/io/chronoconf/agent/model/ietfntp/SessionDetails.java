package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;

import com.google.common.collect.ImmutableSet;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.AssociationStatus.FilterSampleStatus;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.Uint8;

/// The leaves that `chronoconf-ntp` adds to an association, the same in both lists.
final class SessionDetails {
  private static final int UNSYNCHRONIZED_LEAP = 3;
  private static final int UNSYNCHRONIZED_STRATUM = 16;
  private static final List<String> PEER_MODES =
      List.of("unspec", "sym_active", "sym_passive", "client", "server", "broadcast");

  private final InterfaceNames names;

  /// @param names what devices are called
  SessionDetails(InterfaceNames names) {
    this.names = names;
  }

  void write(AssociationStatus status, StateBuilder to) {
    String instance = status.config().key().networkInstance();
    if (!instance.isEmpty()) {
      to.leaf(ccn("network-instance"), instance);
    }
    status.config().hostName().ifPresent(name -> to.leaf(ccn("host-name"), name));
    status
        .config()
        .sourceInterface()
        .map(device -> names.name(new InterfaceNames.Device(instance, device)))
        .ifPresent(name -> to.leaf(ccn("source-interface"), name));
    to.leaf(ccn("flags"), flags(status));
    to.leaf(ccn("clock-status"), clockStatus(status));
    to.leaf(ccn("peer-mode"), peerMode(status.peerMode()));
    to.leaf(ccn("peer-poll"), (byte) status.peerPoll());
    to.leaf(ccn("interleaved"), status.isInterleaved());
    to.leaf(ccn("root-delay"), NtpValues.millis(status.rootDelay(), 4));
    to.leaf(ccn("root-dispersion"), NtpValues.millis(status.rootDispersion(), 4));
    to.leaf(ccn("sync-distance"), NtpValues.seconds(status.rootDistance(), 4));
    to.leaf(ccn("jitter"), NtpValues.seconds(status.jitter(), 6));
    to.leaf(ccn("precision-exponent"), (byte) status.precision());
    to.leaf(
        ccn("authentication-state"),
        status.authentication().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    to.leaf(ccn("reject-reason"), reason(status.rejectReason()));
    to.leaf(ccn("reference-timestamp"), stamp(status.reference()));
    to.leaf(ccn("originate-timestamp"), stamp(status.originate()));
    to.leaf(ccn("receive-timestamp"), stamp(status.receive()));
    to.leaf(ccn("transmit-timestamp"), stamp(status.transmit()));
    for (int index = 0; index < status.samples().size(); index++) {
      Uint8 place = Uint8.valueOf(index);
      FilterSampleStatus sample = status.samples().get(index);
      to.entry(ccn("filter-sample"), entry -> writeSample(place, sample, entry));
    }
  }

  private static void writeSample(Uint8 place, FilterSampleStatus sample, StateBuilder to) {
    to.leaf(ccn("index"), place);
    to.leaf(ccn("delay"), NtpValues.millis(sample.delay(), 3));
    to.leaf(ccn("offset"), NtpValues.millis(sample.offset(), 3));
    to.leaf(ccn("order"), NtpValues.small(sample.order()));
  }

  private static Optional<String> stamp(NtpTimestamp stamp) {
    return stamp.isUnknown() ? Optional.empty() : Optional.of(stamp.toHex());
  }

  private static ImmutableSet<String> flags(AssociationStatus status) {
    ImmutableSet.Builder<String> bits = ImmutableSet.builder();
    if (status.selection() == Selection.SYSTEM_PEER) {
      bits.add("master");
    }
    if (status.stratum() < UNSYNCHRONIZED_STRATUM) {
      bits.add("stratum-valid");
    }
    if (isSurvivor(status)) {
      bits.add("selected");
    }
    if (isCandidate(status)) {
      bits.add("candidate");
    }
    if (status.config().key().isConfigured()) {
      bits.add("configured");
    }
    return bits.build();
  }

  private static ImmutableSet<String> clockStatus(AssociationStatus status) {
    ImmutableSet.Builder<String> bits = ImmutableSet.builder();
    bits.add(status.config().key().isConfigured() ? "configured" : "dynamic");
    if (status.selection() == Selection.SYSTEM_PEER) {
      bits.add("master");
    }
    if (isSurvivor(status)) {
      bits.add("selected");
    }
    if (isCandidate(status)) {
      bits.add("candidate");
    }
    bits.add(status.rejectReason() == RejectReason.NONE ? "sane" : "insane");
    bits.add(status.reach() == 0 ? "invalid" : "valid");
    if (status.leap() == UNSYNCHRONIZED_LEAP || status.stratum() >= UNSYNCHRONIZED_STRATUM) {
      bits.add("unsynced");
    }
    return bits.build();
  }

  private static boolean isSurvivor(AssociationStatus status) {
    return status.selection().compareTo(Selection.CANDIDATE) >= 0;
  }

  /// Takes part in the selection: everything but what was thrown out before it.
  private static boolean isCandidate(AssociationStatus status) {
    return status.selection().compareTo(Selection.REJECT) > 0;
  }

  private static String peerMode(int mode) {
    return mode >= 0 && mode < PEER_MODES.size() ? PEER_MODES.get(mode) : PEER_MODES.getFirst();
  }

  private static String reason(RejectReason reason) {
    return switch (reason) {
      case OFFSET_68_YEARS -> "offset-68-years";
      case NONE,
          NO_REPLY,
          STRATUM,
          AUTHENTICATION,
          ACCESS,
          UNSYNCHRONIZED,
          DISTANCE,
          LOOP,
          FALSETICKER,
          KISS ->
          reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }
}
