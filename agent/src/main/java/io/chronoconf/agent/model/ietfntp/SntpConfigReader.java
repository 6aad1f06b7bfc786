package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.refusal;
import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.value;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import com.google.common.net.InetAddresses;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.Role;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.Uint16;

/// The SNTP client of `ietf-system` (`/system/ntp`) to [NtpConfig]: the same engine, serving
/// nobody. A peer is asked as a server is, for a client answers no peers. Pure.
final class SntpConfigReader {
  /// A pool is asked at so many addresses of its name.
  static final int POOL_ADDRESSES = 4;

  /// As many associations as there may be, a pool counted in full.
  private static final int MAX_ASSOCIATIONS = 128;

  private static final InetAddress ANY_ADDRESS = InetAddress.ofLiteral("0.0.0.0");
  private static final int VERSION = 4;
  private static final PollExponent MIN_POLL = new PollExponent(6);
  private static final PollExponent MAX_POLL = new PollExponent(10);
  private static final int FIRST_RESERVED_OCTET = 240;
  private static final int LOOPBACK_NETWORK = 127;

  private final Map<AssociationKey, AssociationConfig> associations = new LinkedHashMap<>();
  private final Map<String, HostConfig> hosts = new LinkedHashMap<>();

  private SntpConfigReader() {}

  /// @param sntp `/system/ntp`
  /// @param disciplines whether NTP may set the clock
  /// @throws RpcException if two servers are the same, there are too many, or an address is none of
  ///   a server
  static NtpConfig read(ConfigCursor sntp, boolean disciplines) throws RpcException {
    SntpConfigReader reader = new SntpConfigReader();
    for (ConfigCursor entry : sntp.list(sys("server"))) {
      reader.add(entry);
    }
    reader.requireRoom(sntp.path());
    boolean isEnabled = value(sntp, sys("enabled"), Boolean.class);
    ServiceConfig service =
        new ServiceConfig(
            isEnabled, NtpConfig.STANDARD_PORT, disciplines, 0, Dscp.STANDARD, Role.CLIENT_ONLY);
    return NtpConfig.client(
        service,
        new TimeSources(
            List.of(),
            List.copyOf(reader.associations.values()),
            List.copyOf(reader.hosts.values())));
  }

  private void add(ConfigCursor entry) throws RpcException {
    String name = value(entry, sys("name"), String.class);
    ConfigCursor udp = entry.container(sys("udp")).orElseThrow();
    String host = value(udp, sys("address"), String.class);
    int port = value(udp, sys("port"), Uint16.class).toJava();
    boolean iburst = value(entry, sys("iburst"), Boolean.class);
    boolean prefer = value(entry, sys("prefer"), Boolean.class);
    boolean isNew;
    if (host.indexOf('%') >= 0) {
      throw UnicastReader.zone(udp.path(sys("address")), host);
    } else if (InetAddresses.isInetAddress(host)) {
      InetAddress address = unicast(udp.path(sys("address")), InetAddress.ofLiteral(host));
      AssociationKey key = new AssociationKey("", address, AssociationMode.CLIENT, true);
      AssociationConfig config =
          new AssociationConfig(key, port, VERSION, MIN_POLL, MAX_POLL, false, iburst, prefer);
      isNew = associations.put(key, config) == null;
    } else {
      boolean isPool = value(entry, sys("association-type"), String.class).equals("pool");
      AssociationKey key = new AssociationKey("", ANY_ADDRESS, AssociationMode.CLIENT, true);
      AssociationConfig settings =
          new AssociationConfig(key, port, VERSION, MIN_POLL, MAX_POLL, false, iburst, prefer)
              .withHostName(host.toLowerCase(Locale.ROOT));
      HostConfig server = new HostConfig(settings, AddressFamily.ANY, isPool ? POOL_ADDRESSES : 1);
      isNew = hosts.put(host.toLowerCase(Locale.ROOT), server) == null;
    }
    if (!isNew) {
      throw refusal(
          "same-address",
          udp.path(sys("address")),
          "The server %s of /system/ntp has the address %s, which another one has too; delete one."
              .formatted(name, host));
    }
  }

  private void requireRoom(DataPath sntp) throws RpcException {
    int most = associations.size() + hosts.values().stream().mapToInt(HostConfig::most).sum();
    if (most > MAX_ASSOCIATIONS) {
      throw refusal(
          "too-many-servers",
          sntp.child(sys("server")),
          "There may be %d servers, and a pool counts as %d; these are %d. Remove some."
              .formatted(MAX_ASSOCIATIONS, POOL_ADDRESSES, most));
    }
  }

  private static InetAddress unicast(DataPath at, InetAddress address) throws RpcException {
    boolean isOutOfRange =
        address instanceof Inet4Address
            && (first(address) == 0 || first(address) >= FIRST_RESERVED_OCTET);
    if (isOutOfRange
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || isLocalClock(address)) {
      throw refusal(
          "not-unicast",
          at,
          "A server has a unicast address; %s is not one, or stands for the local clock. Give another."
              .formatted(NtpValues.address(address)));
    }
    if (!(address instanceof Inet4Address) && address.isLinkLocalAddress()) {
      throw refusal(
          "source-required",
          at,
          "The link-local address %s needs an interface, which /system/ntp cannot name; use /ntp."
              .formatted(NtpValues.address(address)));
    }
    return address;
  }

  private static int first(InetAddress address) {
    return address.getAddress()[0] & 0xff;
  }

  private static boolean isLocalClock(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && octets[0] == LOOPBACK_NETWORK && octets[1] == LOOPBACK_NETWORK;
  }
}
