package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccc;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.agent.model.networkinstance.NetworkInstanceReader;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A validated configuration to [NtpConfig]. Pure.
final class NtpConfigReader {
  private final NodeSchema root;
  private final KeyCipher cipher;

  /// @param root the schema's root
  /// @param cipher that the configuration's keys are encrypted with
  NtpConfigReader(NodeSchema root, KeyCipher cipher) {
    this.root = root;
    this.cipher = cipher;
  }

  /// @throws RpcException if entries that differ as texts mean the same association, an address
  ///   names a zone, a key cannot be used, or an access control list matches on what NTP cannot see
  NtpConfig read(ContainerNode config) throws RpcException {
    ConfigCursor top = ConfigCursor.of(root, config);
    Optional<ConfigCursor> service = top.container(ntp("ntp"));
    if (service.isPresent()) {
      return service(config, top, service.get());
    }
    // Never beside /ntp: that one's when says so.
    Optional<ConfigCursor> sntp =
        top.container(sys("system")).flatMap(system -> system.container(sys("ntp")));
    return sntp.isPresent() ? SntpConfigReader.read(sntp.get(), disciplines(top)) : NtpConfig.OFF;
  }

  /// Whether NTP may set the clock (`clock/protocol`).
  boolean disciplines(ContainerNode config) {
    return disciplines(ConfigCursor.of(root, config));
  }

  private static boolean disciplines(ConfigCursor top) {
    return top.container(sys("system"))
        .flatMap(system -> system.container(sys("clock")))
        .flatMap(clock -> clock.leaf(ccc("protocol"), String.class))
        .filter("none"::equals)
        .isEmpty();
  }

  private NtpConfig service(ContainerNode config, ConfigCursor top, ConfigCursor ntp)
      throws RpcException {
    boolean isEnabled = value(ntp, ccn("enabled"), Boolean.class);
    int port = value(ntp, ntp("port"), Uint16.class).toJava();
    int maxDynamicSessions =
        ntp.container(ccn("session-limits"))
            .map(limits -> value(limits, ccn("max-dynamic-sessions"), Uint8.class).toJava())
            .orElseThrow();
    ServiceConfig service =
        new ServiceConfig(isEnabled, port, disciplines(top), maxDynamicSessions, dscp(ntp));
    AclReader acls = new AclReader(top);
    KeyRing keys = new KeyReader(cipher, acls).read(ntp);
    AccessRules access = acls.rules(ntp);
    InterfaceNames names = InterfaceNames.of(root, config);
    InterfaceConfigReader interfaces = new InterfaceConfigReader(names);
    interfaces.read(ntp);
    NetworkConfig network =
        new NetworkConfig(
            NetworkInstanceReader.osNames(root, config),
            interfaces.interfaces(),
            interfaces.source(ntp));
    TimeSources sources =
        isEnabled ? sources(ntp, names, interfaces.associations()) : TimeSources.NONE;
    return new NtpConfig(service, keys, access, offsets(ntp), network, sources);
  }

  private static TimeSources sources(
      ConfigCursor ntp, InterfaceNames names, List<AssociationConfig> bound) throws RpcException {
    UnicastReader unicast = new UnicastReader(names);
    unicast.read(ntp);
    List<AssociationConfig> associations = new ArrayList<>(unicast.associations());
    associations.addAll(bound);
    return new TimeSources(localReferences(ntp), associations, unicast.hosts());
  }

  private static Dscp dscp(ConfigCursor ntp) {
    ConfigCursor dscp = ntp.container(ccn("dscp")).orElseThrow();
    return new Dscp(
        value(dscp, ccn("ipv4"), Uint8.class).toJava(),
        value(dscp, ccn("ipv6"), Uint8.class).toJava());
  }

  private static OffsetPolicy offsets(ConfigCursor ntp) {
    ConfigCursor thresholds = ntp.container(ccn("time-offset-threshold")).orElseThrow();
    return new OffsetPolicy(
        value(ntp, ccn("panic-threshold"), Uint32.class).toJava() & 0xffffffffL,
        threshold(thresholds, "log"),
        threshold(thresholds, "trap"));
  }

  private static long threshold(ConfigCursor thresholds, String leaf) {
    return thresholds
        .leaf(ccn(leaf), Uint32.class)
        .map(millis -> millis.toJava() & 0xffffffffL)
        .orElse((long) OffsetPolicy.STEP_THRESHOLD_MILLIS);
  }

  private static List<LocalReferenceConfig> localReferences(ConfigCursor ntp) {
    Optional<ConfigCursor> master = ntp.container(ntp("refclock-master"));
    if (master.isEmpty()) {
      return List.of();
    }
    List<LocalReferenceConfig> all = new ArrayList<>();
    all.add(localReference(master.get(), ntp("master-stratum")));
    for (ConfigCursor more : master.get().list(ccn("additional-local-clock"))) {
      all.add(localReference(more, ccn("stratum")));
    }
    return all;
  }

  private static LocalReferenceConfig localReference(ConfigCursor at, QName stratum) {
    return new LocalReferenceConfig(
        (Inet4Address) InetAddress.ofLiteral(value(at, ccn("address"), String.class)),
        value(at, stratum, Uint8.class).toJava());
  }

  /// A leaf that always has a value: a key, or one with a default.
  static <T> T value(ConfigCursor at, QName leaf, Class<T> type) {
    return at.leaf(leaf, type)
        .orElseThrow(() -> new IllegalStateException(leaf + " has neither value nor default"));
  }

  /// @param at the node that is to be changed
  static RpcException refusal(String appTag, DataPath at, String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, message)
        .withAppTag(appTag)
        .withPath(at.errorPath())
        .asException();
  }
}
