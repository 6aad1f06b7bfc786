package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.control.AddressText;
import io.chronoconf.ntp.control.ControlData;
import io.chronoconf.ntp.control.Identity;
import io.chronoconf.ntp.mru.MruList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

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
  private static final int MINIMUM_CLOCK = 4;

  private final EngineStatus status;
  private final Identity identity;
  private final ControlCounters counters;
  private final Function<Integer, Optional<Association>> associations;
  private final int servicePort;

  /// @param associations by the identifiers of the status
  /// @param servicePort our port that serves
  ControlVariables(
      EngineStatus status,
      Identity identity,
      ControlCounters counters,
      Function<Integer, Optional<Association>> associations,
      int servicePort) {
    this.status = status;
    this.identity = identity;
    this.counters = counters;
    this.associations = associations;
    this.servicePort = servicePort;
  }

  /// @param clients who was heard lately
  /// @param access what they may do
  ControlData data(MruList clients, AccessRules access) {
    SortedMap<Integer, ControlData.Peer> peers = new TreeMap<>();
    for (AssociationStatus row : status.associations()) {
      PeerVariables peer = new PeerVariables(row, associations.apply(row.id()), servicePort);
      peers.put(row.id() & ID_MASK, new ControlData.Peer(peer.word(), peer::all, peer.clock()));
    }
    return new ControlData(
        status.at().local(),
        word(status.system()),
        () -> new ControlData.Variables(system(), moreOfSystem()),
        peers,
        clients,
        access);
  }

  private static int word(SystemStatus system) {
    boolean isLocal =
        system.systemPeer().filter(key -> PeerVariables.isLocalClock(key.address())).isPresent();
    int source = system.isSynchronized() ? isLocal ? SOURCE_LOCAL : SOURCE_NTP : 0;
    int event = system.isSynchronized() ? CLOCK_SYNCHRONIZED : NO_SYSTEM_PEER;
    return system.leap() << LEAP_SHIFT | source << SOURCE_SHIFT | event;
  }

  private Map<String, String> system() {
    SystemStatus system = status.system();
    int peer = systemPeer().map(row -> row.id() & ID_MASK).orElse(0);
    Map<String, String> told = new LinkedHashMap<>();
    told.put("version", ControlText.quoted(identity.version()));
    told.put("processor", ControlText.quoted(identity.processor()));
    told.put("system", ControlText.quoted(identity.system()));
    told.put("leap", Integer.toString(system.leap()));
    told.put("stratum", Integer.toString(system.stratum()));
    told.put("precision", Integer.toString(system.precision()));
    told.put("rootdelay", ControlText.millis(system.rootDelay(), 3));
    told.put("rootdisp", ControlText.millis(system.rootDispersion(), 3));
    told.put(
        "refid",
        system.isSynchronized()
            ? ControlText.refid(system.referenceId(), system.stratum())
            : "INIT");
    told.put("reftime", ControlText.stamp(system.reference()));
    told.put("clock", ControlText.stamp(status.at().local()));
    told.put("peer", Integer.toString(peer));
    told.put("tc", Integer.toString(Math.getExponent((double) system.pollSeconds())));
    told.put("mintc", Integer.toString(MINIMUM_CLOCK));
    told.put("offset", ControlText.millis(system.offset(), 6));
    told.put("frequency", ControlText.decimal(system.frequency() * 1e6, 3));
    told.put("sys_jitter", ControlText.millis(system.jitter(), 6));
    told.put("clk_jitter", ControlText.millis(system.jitter(), 6));
    told.put("clk_wander", ControlText.decimal(system.stability() * 1e6, 3));
    return told;
  }

  private Map<String, String> moreOfSystem() {
    SystemStatus system = status.system();
    double distance = system.rootDelay().toMillis() / 2 + system.rootDispersion().toMillis();
    Optional<AssociationConfig> peer = systemPeer().map(AssociationStatus::config);
    Map<String, String> told = new LinkedHashMap<>();
    told.put("rootdist", ControlText.decimal(distance, 3));
    told.put(
        "peeradr",
        peer.map(one -> AddressText.of(one.key().address(), one.port())).orElse("0.0.0.0:0"));
    told.put("peermode", peer.map(one -> one.key().mode().wireMode()).orElse(0).toString());
    // Time that it takes to seal a packet: none is reckoned with.
    told.put("authdelay", "0");
    told.putAll(counters.variables());
    return told;
  }

  private Optional<AssociationStatus> systemPeer() {
    Optional<AssociationKey> peer = status.system().systemPeer();
    return status.associations().stream()
        .filter(row -> peer.isPresent() && row.config().key().equals(peer.get()))
        .findFirst();
  }
}
