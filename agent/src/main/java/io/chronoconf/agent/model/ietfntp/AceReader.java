package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.acl;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.PortRange;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.access.TrafficClassMatch;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint8;

/// Entries of one access control list (RFC 8519) to those that NTP asks. Pure.
final class AceReader {
  private static final int UDP = 17;
  private static final String IPV4 = "ipv4";
  private static final String IPV6 = "ipv6";
  private static final String ANY_IPV4 = "0.0.0.0/0";
  private static final String ANY_IPV6 = "::/0";

  /// What tells packets apart that a program is told of them; the rest of the model matches on is
  /// gone when a packet reaches it.
  private static final Set<String> SEEN =
      Stream.concat(
              Stream.of(IPV4, IPV6)
                  .flatMap(
                      family ->
                          Stream.of(
                                  "source-" + family + "-network",
                                  "destination-" + family + "-network",
                                  "protocol",
                                  "dscp",
                                  "ecn")
                              .map(leaf -> family + "/" + leaf)),
              Stream.of("source", "destination")
                  .flatMap(
                      side ->
                          Stream.of("lower-port", "upper-port", "operator", "port")
                              .map(leaf -> "udp/" + side + "-port/" + leaf)))
          .collect(Collectors.toUnmodifiableSet());

  private final String list;

  /// @param list its name, for messages
  AceReader(String list) {
    this.list = list;
  }

  /// One entry; empty if no packet of NTP can match it.
  ///
  /// @throws RpcException if it matches on what NTP cannot see, or asks for what NTP does not do
  Optional<AccessEntry> read(ConfigCursor ace) throws RpcException {
    boolean permits = permits(ace);
    ConfigCursor matches = ace.container(acl("matches")).orElseThrow();
    refuseUnseen(ace, matches, "");
    if (matches.isExplicit(acl(IPV4))) {
      return entry(permits, matches, IPV4, ANY_IPV4);
    }
    if (matches.isExplicit(acl(IPV6))) {
      return entry(permits, matches, IPV6, ANY_IPV6);
    }
    return Optional.of(
        entry(permits, matches, Optional.empty(), Optional.empty(), TrafficClassMatch.ANY));
  }

  private boolean permits(ConfigCursor ace) throws RpcException {
    ConfigCursor actions = ace.container(acl("actions")).orElseThrow();
    if (isIdentity(actions, "logging", "log-syslog")) {
      throw refusal(
          "acl-action",
          actions.path(acl("logging")),
          "The access control list %s is named by the NTP service, which does not log packets as its"
                  .formatted(list)
              + " entry %s asks: set its logging to log-none, or name another list."
                  .formatted(name(ace)));
    }
    return isIdentity(actions, "forwarding", "accept");
  }

  private static boolean isIdentity(ConfigCursor actions, String leaf, String identity) {
    return actions.leaf(acl(leaf), QName.class).filter(acl(identity)::equals).isPresent();
  }

  private static Optional<AccessEntry> entry(
      boolean permits, ConfigCursor matches, String family, String any) {
    ConfigCursor header = matches.container(acl(family)).orElseThrow();
    boolean isOtherProtocol =
        number(header, "protocol").filter(protocol -> protocol != UDP).isPresent();
    if (isOtherProtocol) {
      return Optional.empty();
    }
    Prefix source = network(header, "source-" + family + "-network").orElseGet(() -> prefix(any));
    return Optional.of(
        entry(
            permits,
            matches,
            Optional.of(source),
            network(header, "destination-" + family + "-network"),
            trafficClass(header)));
  }

  private static AccessEntry entry(
      boolean permits,
      ConfigCursor matches,
      Optional<Prefix> source,
      Optional<Prefix> destination,
      TrafficClassMatch trafficClass) {
    return new AccessEntry(
        permits,
        source,
        destination,
        ports(matches, "source-port"),
        ports(matches, "destination-port"),
        trafficClass);
  }

  private static TrafficClassMatch trafficClass(ConfigCursor header) {
    TrafficClassMatch any = TrafficClassMatch.ANY;
    TrafficClassMatch marked = number(header, "dscp").map(any::withDscp).orElse(any);
    return number(header, "ecn").map(marked::withEcn).orElse(marked);
  }

  private static Optional<Integer> number(ConfigCursor header, String leaf) {
    return header.leaf(acl(leaf), Uint8.class).map(Uint8::toJava).map(Short::intValue);
  }

  private static PortRange ports(ConfigCursor matches, String side) {
    ConfigCursor ports =
        matches.container(acl("udp")).flatMap(udp -> udp.container(acl(side))).orElseThrow();
    Optional<Integer> lower = port(ports, "lower-port");
    if (lower.isPresent()) {
      return PortRange.of(lower.get(), port(ports, "upper-port").orElseThrow());
    }
    return port(ports, "port")
        .map(port -> ports(ports.leaf(acl("operator"), String.class).orElseThrow(), port))
        .orElse(PortRange.ANY);
  }

  private static PortRange ports(String operator, int port) {
    return switch (operator) {
      case "lte" -> PortRange.atMost(port);
      case "gte" -> PortRange.atLeast(port);
      case "neq" -> PortRange.allBut(port);
      default -> PortRange.only(port);
    };
  }

  private static Optional<Integer> port(ConfigCursor ports, String leaf) {
    return ports.leaf(acl(leaf), Uint16.class).map(Uint16::toJava);
  }

  private static Optional<Prefix> network(ConfigCursor header, String leaf) {
    return header.leaf(acl(leaf), String.class).map(AceReader::prefix);
  }

  private static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    return new Prefix(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /// @param path of the node below `matches`, ends with a slash unless it is empty
  private void refuseUnseen(ConfigCursor ace, ConfigCursor at, String path) throws RpcException {
    for (NodeSchema child : at.schema().children()) {
      if (!at.isExplicit(child.name())) {
        continue;
      }
      String name = path + child.name().getLocalName();
      boolean isOfModel = acl(child.name().getLocalName()).equals(child.name());
      if (isOfModel && SEEN.contains(name)) {
        continue;
      }
      boolean holdsSeen = isOfModel && SEEN.stream().anyMatch(leaf -> leaf.startsWith(name + "/"));
      if (!holdsSeen) {
        throw unseen(ace, at.path(child.name()), name);
      }
      refuseUnseen(ace, at.container(child.name()).orElseThrow(), name + "/");
    }
  }

  private RpcException unseen(ConfigCursor ace, DataPath at, String match) {
    return refusal(
        "acl-match",
        at,
        "The access control list %s is named by the NTP service, which cannot match on %s as its"
                .formatted(list, match)
            + " entry %s does: match on networks, protocol, dscp, ecn and UDP ports only, or name"
                .formatted(name(ace))
            + " another list.");
  }

  private static String name(ConfigCursor ace) {
    return ace.leaf(acl("name"), String.class).orElseThrow();
  }

  private static RpcException refusal(String appTag, DataPath at, String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.OPERATION_NOT_SUPPORTED, message)
        .withAppTag(appTag)
        .withPath(at.errorPath())
        .asException();
  }
}
