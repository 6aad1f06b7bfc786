package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/// Associations to the standard's list, whose key can collide, and to the list of sessions, whose
/// key cannot.
final class AssociationsWriter {
  private final List<AssociationStatus> associations;
  private final NtpDates dates;
  private final SessionDetails details;
  private final InterfaceNames names;

  /// @param dates how timestamps are shown
  /// @param names what devices are called
  AssociationsWriter(List<AssociationStatus> associations, NtpDates dates, InterfaceNames names) {
    this.associations = associations;
    this.dates = dates;
    this.names = names;
    this.details = new SessionDetails(names);
  }

  void write(StateBuilder to) {
    for (AssociationStatus status : bestOfEachKey()) {
      to.entry(ntp("association"), entry -> writeAssociation(status, entry));
    }
    to.container(ccn("session-summary"), this::writeSummary);
    for (AssociationStatus status : associations) {
      // Who speaks to all has no session with anybody; it is counted all the same.
      if (status.config().key().mode() != AssociationMode.BROADCAST_SERVER) {
        to.entry(ccn("session"), entry -> writeSession(status, entry));
      }
    }
  }

  private record StandardKey(InetAddress address, AssociationMode mode, boolean isConfigured) {
    static StandardKey of(AssociationStatus status) {
      AssociationKey key = status.config().key();
      return new StandardKey(key.address(), key.mode(), key.isConfigured());
    }
  }

  /// Of those that share a key of the standard's list, the one that got furthest in the selection;
  /// the oldest among equals.
  private Collection<AssociationStatus> bestOfEachKey() {
    Comparator<AssociationStatus> order =
        Comparator.comparing(AssociationStatus::selection)
            .reversed()
            .thenComparingInt(AssociationStatus::id);
    Map<StandardKey, AssociationStatus> best = new LinkedHashMap<>();
    for (AssociationStatus status : associations) {
      best.merge(StandardKey.of(status), status, (a, b) -> order.compare(a, b) <= 0 ? a : b);
    }
    return best.values();
  }

  private void writeAssociation(AssociationStatus status, StateBuilder to) {
    AssociationConfig config = status.config();
    AssociationKey key = config.key();
    to.leaf(ntp("address"), NtpValues.address(key.address()));
    to.leaf(ntp("local-mode"), NtpNodes.mode(key.mode()));
    to.leaf(ntp("isconfigured"), key.isConfigured());
    // A local clock under a primary server has stratum 0, which the standard's type cannot say.
    if (status.stratum() > 0) {
      to.leaf(ntp("stratum"), NtpValues.small(status.stratum()));
    }
    to.leaf(ntp("refid"), NtpValues.refid(status.referenceId(), status.stratum()));
    status
        .peerInterface()
        .map(device -> names.name(new InterfaceNames.Device(key.networkInstance(), device)))
        .ifPresent(name -> to.leaf(ntp("peer-interface"), name));
    config.keyId().ifPresent(id -> to.leaf(ntp("authentication"), Uint32.valueOf(id)));
    to.leaf(ntp("prefer"), config.prefer());
    to.leaf(ntp("minpoll"), (byte) config.minPoll().log2Seconds());
    to.leaf(ntp("maxpoll"), (byte) config.maxPoll().log2Seconds());
    to.leaf(ntp("port"), Uint16.valueOf(config.port()));
    to.leaf(ntp("version"), NtpValues.small(config.version()));
    writeMeasured(status, to);
    writeTimes(status, to);
    to.container(
        ntp("ntp-statistics"),
        inner -> NtpStatusWriter.writeCounters(status.counters(), dates, inner));
    to.leaf(ccn("session-id"), Uint32.valueOf(status.id()));
    details.write(status, to);
  }

  private static void writeMeasured(AssociationStatus status, StateBuilder to) {
    to.leaf(ntp("reach"), NtpValues.small(status.reach()));
    to.leaf(ntp("unreach"), NtpValues.small(status.unreachableSeconds()));
    to.leaf(ntp("poll"), (byte) status.poll());
    to.leaf(ntp("now"), NtpValues.count(status.secondsSinceReceived()));
    // Negative means behind here, the opposite of RFC 5905's theta.
    to.leaf(ntp("offset"), NtpValues.millis(status.offset().negated(), 3));
    to.leaf(ntp("delay"), NtpValues.millis(status.delay(), 3));
    to.leaf(ntp("dispersion"), NtpValues.millis(status.dispersion(), 3));
  }

  /// What came from a source that is now out of reach shows as unknown.
  private void writeTimes(AssociationStatus status, StateBuilder to) {
    boolean isReachable = status.reach() != 0;
    to.leaf(ntp("originate-time"), dates.of(status.originate()));
    to.leaf(ntp("receive-time"), time(status.receive(), isReachable));
    to.leaf(ntp("transmit-time"), time(status.transmit(), isReachable));
    to.leaf(ntp("input-time"), time(status.destination(), isReachable));
  }

  private Object time(NtpTimestamp stamp, boolean isKnown) {
    return dates.of(isKnown ? stamp : NtpTimestamp.UNKNOWN);
  }

  private void writeSession(AssociationStatus status, StateBuilder to) {
    AssociationKey key = status.config().key();
    to.leaf(ccn("session-id"), Uint32.valueOf(status.id()));
    to.leaf(ccn("address"), NtpValues.address(key.address()));
    to.leaf(ccn("local-mode"), NtpNodes.mode(key.mode()));
    to.leaf(ccn("isconfigured"), key.isConfigured());
    if (!key.interfaceName().isEmpty()) {
      to.leaf(
          ccn("interface"),
          names.name(new InterfaceNames.Device(key.networkInstance(), key.interfaceName())));
    }
    to.leaf(ccn("stratum"), NtpValues.small(status.stratum()));
    to.leaf(ccn("refid"), NtpValues.refid(status.referenceId(), status.stratum()));
    to.leaf(ccn("reach"), NtpValues.small(status.reach()));
    to.leaf(ccn("poll"), (byte) status.poll());
    to.leaf(ccn("now"), NtpValues.count(status.secondsSinceReceived()));
    to.leaf(ccn("offset"), NtpValues.millis(status.offset(), 4));
    to.leaf(ccn("delay"), NtpValues.millis(status.delay(), 4));
    to.leaf(ccn("dispersion"), NtpValues.millis(status.dispersion(), 4));
    to.leaf(ccn("version"), NtpValues.small(status.config().version()));
    details.write(status, to);
  }

  private void writeSummary(StateBuilder to) {
    long ipv4 = count(key -> key.address() instanceof Inet4Address);
    long configured = count(AssociationKey::isConfigured);
    to.leaf(ccn("total-ipv4"), NtpValues.small(ipv4));
    to.leaf(ccn("total-ipv6"), NtpValues.small(associations.size() - ipv4));
    to.leaf(ccn("static"), NtpValues.small(configured));
    to.leaf(ccn("dynamic"), NtpValues.small(associations.size() - configured));
  }

  private long count(Predicate<AssociationKey> condition) {
    return associations.stream().filter(status -> condition.test(status.config().key())).count();
  }
}
