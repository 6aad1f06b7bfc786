package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings together what is configured of interfaces and what the host has: who is listened to, and
/// how packets leave. What names an interface that is missing takes effect when it appears. Owned
/// by the engine.
final class InterfaceProcess {
  private static final InetAddress LIMITED_BROADCAST = InetAddress.ofLiteral("255.255.255.255");

  private HostNetwork network = HostNetwork.UNKNOWN;
  private List<InterfaceConfig> configs = List.of();
  private SourceConfig source = SourceConfig.NONE;
  private Map<String, String> instances = Map.of();
  private List<GroupSocket> listened = List.of();
  private InboundFilter inbound = InboundFilter.OPEN;

  /// What is there to be seen of the host.
  HostNetwork network() {
    return network;
  }

  void changed(HostNetwork now) {
    network = now;
  }

  void configure(List<InterfaceConfig> wanted) {
    configs = List.copyOf(wanted);
  }

  /// @param osNames network instances in use, and what the operating system calls each
  void configure(Map<String, String> osNames) {
    instances = Map.copyOf(osNames);
  }

  void configure(SourceConfig wanted) {
    source = wanted;
  }

  /// Asks for what follows from the latest change, if anything does.
  ///
  /// @param isServing whether there is a service at all
  void apply(boolean isServing, List<Output> outputs) {
    List<GroupSocket> groups = isServing ? groups() : List.of();
    if (!groups.equals(listened)) {
      listened = groups;
      outputs.add(new Output.Listen(groups));
    }
    InboundFilter filter = filter();
    if (!filter.equals(inbound)) {
      inbound = filter;
      outputs.add(new Output.PublishInbound(filter));
    }
  }

  private List<GroupSocket> groups() {
    List<GroupSocket> groups = new ArrayList<>();
    for (InterfaceConfig config : configs) {
      Optional<HostInterface> device =
          device(config).filter(found -> isUsable(config.networkInstance(), found));
      if (device.isPresent()) {
        Set<InetAddress> addresses = new HashSet<>(config.followedGroups());
        addresses.addAll(config.answeredGroups());
        if (config.followsBroadcasts()) {
          addresses.add(LIMITED_BROADCAST);
          device.get().addresses().stream()
              .flatMap(own -> own.broadcast().stream())
              .forEach(addresses::add);
        }
        addresses.stream()
            .map(
                address -> new GroupSocket(config.networkInstance(), device.get().index(), address))
            .sorted(GroupSocket.ORDER)
            .forEach(groups::add);
      }
    }
    return groups;
  }

  private InboundFilter filter() {
    Set<InboundFilter.Place> ipv4 = new HashSet<>();
    Set<InboundFilter.Place> ipv6 = new HashSet<>();
    for (InterfaceConfig config : configs) {
      device(config)
          .map(found -> new InboundFilter.Place(config.networkInstance(), found.index()))
          .ifPresent(
              place -> {
                if (!config.takesIpv4()) {
                  ipv4.add(place);
                }
                if (!config.takesIpv6()) {
                  ipv6.add(place);
                }
              });
    }
    return new InboundFilter(ipv4, ipv6);
  }

  /// What runs on members of an aggregate runs on the aggregate instead.
  private boolean isUsable(String instance, HostInterface device) {
    return device.isUp() && network.aggregateOf(instance, device).isEmpty();
  }

  private Optional<HostInterface> device(InterfaceConfig config) {
    return network.find(config.networkInstance(), config.name());
  }

  boolean admits(Input.Received received) {
    return inbound.admits(
        received.networkInstance(),
        received.interfaceIndex(),
        received.remote().getAddress() instanceof Inet4Address);
  }

  /// What is configured of the interface by which a packet came in.
  Optional<InterfaceConfig> configOf(Input.Received received) {
    return deviceOf(received).flatMap(device -> config(received.networkInstance(), device.name()));
  }

  private Optional<InterfaceConfig> config(String networkInstance, String name) {
    return configs.stream()
        .filter(one -> one.networkInstance().equals(networkInstance) && one.name().equals(name))
        .findFirst();
  }

  /// The interface by which a packet came in.
  Optional<HostInterface> deviceOf(Input.Received received) {
    return network.find(received.networkInstance(), received.interfaceIndex());
  }

  /// Whether we sent it ourselves: what goes to all comes back too.
  boolean isOwn(Input.Received received) {
    return network.has(received.networkInstance(), received.remote().getAddress());
  }

  /// The way that an association's packets take now; empty if its interface is missing, down or
  /// without an address.
  Optional<SendPath> path(Association association) {
    AssociationConfig config = association.config();
    AssociationKey key = config.key();
    int ttl = association.ttl();
    boolean isIpv4 = key.address() instanceof Inet4Address;
    return switch (key.mode()) {
      case BROADCAST_SERVER -> bound(SocketKind.PEER, key, isIpv4, ttl);
      case BROADCAST_CLIENT, SERVER ->
          Optional.of(new SendPath(SocketKind.CLIENT, Optional.empty(), 0, ttl));
      case CLIENT ->
          config.search().isPresent()
              ? bound(SocketKind.CLIENT, key, isIpv4, ttl)
              : Optional.of(unicast(SocketKind.CLIENT, config, isIpv4));
      case SYMMETRIC_ACTIVE -> Optional.of(unicast(SocketKind.PEER, config, isIpv4));
      // A peer is answered from the address that it sent to.
      case SYMMETRIC_PASSIVE ->
          Optional.of(
              new SendPath(
                  SocketKind.PEER,
                  association.localAddress().filter(own -> !own.isAnyLocalAddress()),
                  0,
                  ttl));
    };
  }

  private Optional<SendPath> bound(SocketKind kind, AssociationKey key, boolean isIpv4, int ttl) {
    return network
        .find(key.networkInstance(), key.interfaceName())
        .filter(device -> isUsable(key.networkInstance(), device))
        .flatMap(
            device ->
                device
                    .primaryAddress(isIpv4)
                    .map(own -> new SendPath(kind, Optional.of(own), device.index(), ttl)));
  }

  private SendPath unicast(SocketKind kind, AssociationConfig config, boolean isIpv4) {
    String instance = config.key().networkInstance();
    Optional<HostInterface> own =
        config.sourceInterface().flatMap(name -> network.find(instance, name));
    Optional<InetAddress> from = own.flatMap(device -> usable(device, isIpv4));
    if (from.isEmpty() && instance.isEmpty()) {
      from = usualSource(isIpv4);
    }
    int index =
        config.key().address().isLinkLocalAddress() ? own.map(HostInterface::index).orElse(0) : 0;
    return new SendPath(kind, from, index, config.ttl());
  }

  private Optional<InetAddress> usualSource(boolean isIpv4) {
    if (isIpv4 && source.ipv4Address().isPresent()) {
      // An address that is nobody's would make every packet fail: routing finds another.
      return source.ipv4Address().filter(address -> network.has("", address));
    }
    return (isIpv4 ? source.ipv4Interface() : source.ipv6Interface())
        .flatMap(name -> network.find("", name))
        .flatMap(device -> usable(device, isIpv4));
  }

  /// If the interface is down the packet leaves from the address of the one that it takes.
  private static Optional<InetAddress> usable(HostInterface device, boolean isIpv4) {
    return Optional.of(device).filter(HostInterface::isUp).flatMap(up -> up.primaryAddress(isIpv4));
  }

  /// Names of configured interfaces that are missing, one sentence each.
  List<String> degraded(boolean isServing, Iterable<Association> associations) {
    List<String> missing = new ArrayList<>();
    if (!isServing || network.instances().isEmpty()) {
      return missing;
    }
    instances.forEach(
        (instance, osName) -> {
          if (!network.instances().containsKey(instance)) {
            missing.add(
                ("the network instance %s is missing: create the network namespace or the VRF"
                        + " device %s (`ip netns add %s`)")
                    .formatted(instance, osName, osName));
          }
        });
    Set<AssociationKey> told = new HashSet<>();
    for (InterfaceConfig config : configs) {
      boolean listens =
          config.followsBroadcasts()
              || !config.followedGroups().isEmpty()
              || !config.answeredGroups().isEmpty();
      boolean isUsable =
          device(config).filter(found -> isUsable(config.networkInstance(), found)).isPresent();
      if (listens && !isUsable) {
        missing.add(sentence(config.networkInstance(), config.name(), "nothing is heard by it"));
      }
    }
    for (Association association : associations) {
      AssociationKey key = association.config().key();
      if (key.isConfigured() && path(association).isEmpty() && told.add(key)) {
        missing.add(
            sentence(
                key.networkInstance(),
                key.interfaceName(),
                "nothing is sent to " + key.address().getHostAddress()));
      }
    }
    return missing;
  }

  private String sentence(String instance, String name, String consequence) {
    String where = instance.isEmpty() ? "" : " of the network instance " + instance;
    return "the interface %s%s is %s, so %s until that changes"
        .formatted(name, where, state(instance, name), consequence);
  }

  private String state(String instance, String name) {
    Optional<HostInterface> device = network.find(instance, name);
    if (device.isEmpty()) {
      return "missing";
    }
    Optional<HostInterface> aggregate = network.aggregateOf(instance, device.get());
    if (aggregate.isPresent()) {
      return "a member of the aggregate %s, which has to be configured in its place"
          .formatted(aggregate.get().name());
    }
    return device.get().isUp() ? "without an address" : "down";
  }
}
