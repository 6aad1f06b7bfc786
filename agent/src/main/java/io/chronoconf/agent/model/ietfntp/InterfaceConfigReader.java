package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.refusal;
import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.value;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.ManycastSearch;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint8;

/// What is configured under `/ntp/interfaces`: what each interface takes, and the associations that
/// are bound to one. Pure.
final class InterfaceConfigReader {
  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  /// A link is as far as a broadcast goes.
  private static final int BROADCAST_TTL = 1;

  /// How far a search goes if nothing says otherwise (TTLMAX of RFC 5905).
  private static final int SEARCH_TTL = 8;

  private static final PollExponent BEACON = new PollExponent(15);

  private final InterfaceNames names;
  private final List<InterfaceConfig> interfaces = new ArrayList<>();
  private final List<AssociationConfig> associations = new ArrayList<>();

  InterfaceConfigReader(InterfaceNames names) {
    this.names = names;
  }

  List<InterfaceConfig> interfaces() {
    return List.copyOf(interfaces);
  }

  List<AssociationConfig> associations() {
    return List.copyOf(associations);
  }

  /// @throws RpcException if a search can never find what it asks for, or groups that differ as
  ///   texts are the same
  void read(ConfigCursor ntp) throws RpcException {
    List<ConfigCursor> entries =
        ntp.container(ntp("interfaces")).map(all -> all.list(ntp("interface"))).orElse(List.of());
    for (ConfigCursor entry : entries) {
      read(entry, device(value(entry, ntp("name"), String.class)));
    }
  }

  private InterfaceNames.Device device(String name) {
    return names
        .device(name)
        .orElseGet(() -> new InterfaceNames.Device(InterfaceNames.PUBLIC, name));
  }

  private void read(ConfigCursor entry, InterfaceNames.Device device) throws RpcException {
    ConfigCursor inbound = entry.container(ccn("inbound")).orElseThrow();
    interfaces.add(
        new InterfaceConfig(
            device.networkInstance(),
            device.name(),
            value(inbound, ccn("ipv4"), Boolean.class),
            value(inbound, ccn("ipv6"), Boolean.class),
            entry.container(ntp("broadcast-client")).isPresent(),
            groups(entry, "multicast-client"),
            groups(entry, "manycast-server")));
    Optional<ConfigCursor> broadcast = entry.container(ntp("broadcast-server"));
    if (broadcast.isPresent()) {
      associations.add(speaker(broadcast.get(), device, BROADCAST));
    }
    for (ConfigCursor multicast : entry.list(ntp("multicast-server"))) {
      associations.add(speaker(multicast, device, group(multicast)));
    }
    for (ConfigCursor manycast : entry.list(ntp("manycast-client"))) {
      associations.add(search(manycast, device));
    }
    requireDistinct(entry.path());
  }

  private static Set<InetAddress> groups(ConfigCursor entry, String list) throws RpcException {
    Set<InetAddress> groups = new HashSet<>();
    for (ConfigCursor one : entry.list(ntp(list))) {
      InetAddress group = group(one);
      if (!groups.add(group)) {
        throw sameGroup(one.path(), group);
      }
    }
    return groups;
  }

  private static InetAddress group(ConfigCursor entry) throws RpcException {
    return UnicastReader.address(entry, ntp("address"));
  }

  private static RpcException sameGroup(DataPath at, InetAddress group) {
    return refusal(
        "same-address",
        at,
        "Two entries of one interface mean the group %s; delete one of them."
            .formatted(NtpValues.address(group)));
  }

  private void requireDistinct(DataPath at) throws RpcException {
    Set<AssociationKey> seen = new HashSet<>();
    for (AssociationConfig config : associations) {
      if (!seen.add(config.key())) {
        throw sameGroup(at, config.key().address());
      }
    }
  }

  /// A broadcast or multicast server; it keeps the pace that `minpoll` says.
  private static AssociationConfig speaker(
      ConfigCursor entry, InterfaceNames.Device device, InetAddress to) {
    PollExponent interval = new PollExponent(value(entry, ntp("minpoll"), Byte.class));
    return association(
        entry, device, to, AssociationMode.BROADCAST_SERVER, interval, interval, BROADCAST_TTL);
  }

  private static AssociationConfig search(ConfigCursor entry, InterfaceNames.Device device)
      throws RpcException {
    InetAddress group = group(entry);
    int enough = small(entry, "minclock", ManycastSearch.ENOUGH);
    int most = small(entry, "maxclock", ManycastSearch.MOST);
    if (enough < 1 || most < enough) {
      throw refusal(
          "clock-range",
          entry.path(),
          ("The manycast client of %s needs a minclock of 1 or more and a maxclock that is not"
                  + " below it; these are %d and %d.")
              .formatted(NtpValues.address(group), enough, most));
    }
    PollExponent minPoll = new PollExponent(value(entry, ntp("minpoll"), Byte.class));
    PollExponent beacon = beacon(entry, group, minPoll);
    AssociationConfig settings =
        association(
            entry,
            device,
            group,
            AssociationMode.CLIENT,
            minPoll,
            new PollExponent(value(entry, ntp("maxpoll"), Byte.class)),
            SEARCH_TTL);
    return settings.withSearch(new ManycastSearch(enough, most, beacon, settings.ttl()));
  }

  private static PollExponent beacon(ConfigCursor entry, InetAddress group, PollExponent minPoll)
      throws RpcException {
    Optional<Byte> beacon = entry.leaf(ntp("beacon"), Byte.class);
    if (beacon.isEmpty()) {
      return BEACON;
    }
    int exponent = beacon.get();
    if (exponent < minPoll.log2Seconds() || exponent > PollExponent.MAX.log2Seconds()) {
      throw refusal(
          "beacon-range",
          entry.path(ntp("beacon")),
          "The beacon of the manycast client of %s must be from its minpoll, %d, to 17; it is %d."
              .formatted(NtpValues.address(group), minPoll.log2Seconds(), exponent));
    }
    return new PollExponent(exponent);
  }

  private static AssociationConfig association(
      ConfigCursor entry,
      InterfaceNames.Device device,
      InetAddress to,
      AssociationMode mode,
      PollExponent minPoll,
      PollExponent maxPoll,
      int usualTtl) {
    return new AssociationConfig(
        new AssociationKey(device.networkInstance(), device.name(), to, mode, true),
        value(entry, ntp("port"), Uint16.class).toJava(),
        value(entry, ntp("version"), Uint8.class).toJava(),
        minPoll,
        maxPoll,
        false,
        false,
        false,
        UnicastReader.keyId(entry, NtpNodes::ntp),
        Optional.empty(),
        small(entry, "ttl", usualTtl));
  }

  private static int small(ConfigCursor entry, String leaf, int otherwise) {
    return entry.leaf(ntp(leaf), Uint8.class).map(Uint8::toJava).orElse((short) otherwise);
  }

  /// The usual source of packets.
  ///
  /// @throws RpcException if an interface is not in the public network, which it is for
  SourceConfig source(ConfigCursor ntp) throws RpcException {
    ConfigCursor source = ntp.container(ccn("source")).orElseThrow();
    return new SourceConfig(
        publicDevice(source, ccn("ipv4-interface")),
        source.leaf(ccn("ipv4-address"), String.class).map(InetAddress::ofLiteral),
        publicDevice(source, ccn("ipv6-interface")));
  }

  private Optional<String> publicDevice(ConfigCursor source, QName leaf) throws RpcException {
    Optional<String> name = source.leaf(leaf, String.class);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    InterfaceNames.Device device = device(name.get());
    if (!device.networkInstance().isEmpty()) {
      throw refusal(
          "source-instance",
          source.path(leaf),
          ("The interface %s belongs to %s; the source is for the public network: name an interface"
                  + " of it, or give servers of the instance a source of their own.")
              .formatted(name.get(), UnicastReader.place(device.networkInstance())));
    }
    return Optional.of(device.name());
  }
}
