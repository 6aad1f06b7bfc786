package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.refusal;
import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.value;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import com.google.common.net.InetAddresses;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/// Servers and peers: those of the standard's list, and those of ours that it cannot hold, which
/// are in a VPN instance or known by name. Pure.
final class UnicastReader {
  private static final String PUBLIC = "public";

  private final InterfaceNames names;
  private final Map<AssociationKey, AssociationConfig> associations = new LinkedHashMap<>();
  private final List<HostConfig> hosts = new ArrayList<>();

  UnicastReader(InterfaceNames names) {
    this.names = names;
  }

  List<AssociationConfig> associations() {
    return List.copyOf(associations.values());
  }

  List<HostConfig> hosts() {
    return List.copyOf(hosts);
  }

  /// @throws RpcException if entries that differ as texts mean the same association, an address
  ///   names a zone, or a source is in another network instance
  void read(ConfigCursor ntp) throws RpcException {
    for (ConfigCursor entry : ntp.list(ntp("unicast-configuration"))) {
      InetAddress address = address(entry, ntp("address"));
      add(settings(entry, NtpNodes::ntp, "", address), entry);
    }
    for (ConfigCursor entry : ntp.list(ccn("extended-unicast-configuration"))) {
      String instance = value(entry, ccn("network-instance"), String.class);
      String host = value(entry, ccn("host"), String.class);
      addExtended(entry, instance.equals(PUBLIC) ? "" : instance, host);
    }
  }

  private void addExtended(ConfigCursor entry, String instance, String host) throws RpcException {
    if (host.indexOf('%') >= 0 || InetAddresses.isInetAddress(host)) {
      add(settings(entry, NtpNodes::ccn, instance, address(entry, ccn("host"))), entry);
      return;
    }
    boolean isIpv4 = value(entry, ccn("family"), String.class).equals("ipv4");
    String name = host.toLowerCase(Locale.ROOT);
    AssociationConfig settings =
        settings(entry, NtpNodes::ccn, instance, InetAddress.ofLiteral(isIpv4 ? "0.0.0.0" : "::"))
            .withHostName(name);
    AddressFamily family = isIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
    hosts.add(new HostConfig(settings, family, 1));
  }

  private void add(AssociationConfig config, ConfigCursor entry) throws RpcException {
    if (associations.put(config.key(), config) != null) {
      throw refusal(
          "same-address",
          entry.path(),
          "Two %s entries mean the address %s; delete one of them."
              .formatted(entry.schema(), NtpValues.address(config.key().address())));
    }
  }

  /// @param leaves what the leaves are called in this list
  private AssociationConfig settings(
      ConfigCursor entry, Function<String, QName> leaves, String instance, InetAddress address)
      throws RpcException {
    QName type = value(entry, leaves.apply("type"), QName.class);
    AssociationMode mode =
        type.equals(ntp("uc-peer")) ? AssociationMode.SYMMETRIC_ACTIVE : AssociationMode.CLIENT;
    return new AssociationConfig(
        new AssociationKey(instance, address, mode, true),
        value(entry, leaves.apply("port"), Uint16.class).toJava(),
        value(entry, leaves.apply("version"), Uint8.class).toJava(),
        new PollExponent(value(entry, leaves.apply("minpoll"), Byte.class)),
        new PollExponent(value(entry, leaves.apply("maxpoll"), Byte.class)),
        // What a peer sends is answered at its own time.
        mode == AssociationMode.CLIENT && value(entry, leaves.apply("burst"), Boolean.class),
        value(entry, leaves.apply("iburst"), Boolean.class),
        value(entry, leaves.apply("prefer"), Boolean.class),
        keyId(entry, leaves),
        source(entry, leaves.apply("source"), instance),
        0);
  }

  static OptionalLong keyId(ConfigCursor entry, Function<String, QName> leaves) {
    return entry
        .container(leaves.apply("authentication"))
        .flatMap(authentication -> authentication.leaf(leaves.apply("keyid"), Uint32.class))
        .map(id -> OptionalLong.of(id.toJava() & 0xffffffffL))
        .orElse(OptionalLong.empty());
  }

  /// The device that packets leave from.
  private Optional<String> source(ConfigCursor entry, QName leaf, String instance)
      throws RpcException {
    Optional<String> name = entry.leaf(leaf, String.class);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    InterfaceNames.Device device =
        names
            .device(name.get())
            .orElseGet(() -> new InterfaceNames.Device(InterfaceNames.PUBLIC, name.get()));
    if (!device.networkInstance().equals(instance)) {
      throw refusal(
          "source-instance",
          entry.path(leaf),
          "The source interface %s belongs to %s, and the server to %s: name an interface of the same."
              .formatted(name.get(), place(device.networkInstance()), place(instance)));
    }
    return Optional.of(device.name());
  }

  static String place(String instance) {
    return instance.isEmpty() ? "the public network" : "the network instance " + instance;
  }

  static InetAddress address(ConfigCursor entry, QName leaf) throws RpcException {
    String text = value(entry, leaf, String.class);
    if (text.indexOf('%') >= 0) {
      throw zone(entry.path(leaf), text);
    }
    return InetAddress.ofLiteral(text);
  }

  static RpcException zone(DataPath at, String address) {
    return refusal(
        "zone",
        at,
        "The address %s names a zone; write it without, as %s."
            .formatted(address, address.substring(0, address.indexOf('%'))));
  }
}
