package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.acl;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import io.chronoconf.ntp.access.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint8;

/// Access control lists (RFC 8519) and the rights that name them to [AccessRules]. Pure.
final class AclReader {
  private static final int UDP = 17;

  /// What tells packets apart that a program is told of them; the rest of the model matches on is
  /// gone when a packet reaches it.
  private static final Set<String> KNOWN =
      Set.of(
          "source-ipv4-network",
          "destination-ipv4-network",
          "source-ipv6-network",
          "destination-ipv6-network",
          "protocol");

  private static final Map<String, AccessRight> RIGHTS =
      Map.of(
          "peer-access-mode", AccessRight.PEER,
          "server-access-mode", AccessRight.SERVER,
          "server-only-access-mode", AccessRight.SYNCHRONIZATION,
          "query-only-access-mode", AccessRight.QUERY);

  private final Map<String, ConfigCursor> lists = new HashMap<>();

  /// @param top the whole configuration
  AclReader(ConfigCursor top) {
    top.container(acl("acls"))
        .map(acls -> acls.list(acl("acl")))
        .orElse(List.of())
        .forEach(list -> lists.put(list.leaf(acl("name"), String.class).orElseThrow(), list));
  }

  /// The rules of the service.
  ///
  /// @param ntp the container of the service
  /// @throws RpcException if a list that is named matches on what NTP cannot see
  AccessRules rules(ConfigCursor ntp) throws RpcException {
    Map<AccessRight, Optional<AccessList>> ipv4 = new EnumMap<>(AccessRight.class);
    Map<AccessRight, Optional<AccessList>> ipv6 = new EnumMap<>(AccessRight.class);
    List<ConfigCursor> rules =
        ntp.container(ntp("access-rules"))
            .map(all -> all.list(ntp("access-rule")))
            .orElse(List.of());
    for (ConfigCursor rule : rules) {
      QName mode = rule.leaf(ntp("access-mode"), QName.class).orElseThrow();
      AccessRight right = RIGHTS.get(mode.getLocalName());
      if (right != null) {
        put(rule, "ipv4-acl", "ipv6-acl-type", right, ipv4);
        put(rule, "ipv6-acl", "ipv4-acl-type", right, ipv6);
      }
    }
    return new AccessRules(new Family(ipv4), new Family(ipv6), policy(ntp));
  }

  private static ControlQueryPolicy policy(ConfigCursor ntp) {
    String policy = ntp.leaf(ccn("control-query-policy"), String.class).orElseThrow();
    return switch (policy) {
      case "deny" -> ControlQueryPolicy.DENY;
      case "allow" -> ControlQueryPolicy.ALLOW;
      default -> ControlQueryPolicy.BY_ACCESS_RIGHT;
    };
  }

  /// @param own the leaf for one family alone, which goes before the standard's leaf
  /// @param otherType the type of list that is not for this family
  private void put(
      ConfigCursor rule,
      String own,
      String otherType,
      AccessRight right,
      Map<AccessRight, Optional<AccessList>> into)
      throws RpcException {
    Optional<String> name = rule.leaf(ccn(own), String.class);
    if (name.isEmpty()) {
      name = rule.leaf(ntp("acl"), String.class).filter(list -> !isOfType(list, otherType));
    }
    if (name.isPresent()) {
      into.put(right, list(name.get()));
    }
  }

  private boolean isOfType(String name, String type) {
    ConfigCursor list = lists.get(name);
    return list != null
        && list.leaf(acl("type"), QName.class)
            .filter(one -> one.getLocalName().equals(type))
            .isPresent();
  }

  /// A list; empty if it does not exist.
  Optional<AccessList> list(String name) throws RpcException {
    ConfigCursor list = lists.get(name);
    if (list == null) {
      return Optional.empty();
    }
    List<AccessList.Entry> entries = new ArrayList<>();
    List<ConfigCursor> aces =
        list.container(acl("aces")).map(all -> all.list(acl("ace"))).orElse(List.of());
    for (ConfigCursor ace : aces) {
      entry(name, ace).ifPresent(entries::add);
    }
    return Optional.of(new AccessList(entries));
  }

  /// One entry; empty if no packet of NTP can match it.
  private static Optional<AccessList.Entry> entry(String list, ConfigCursor ace)
      throws RpcException {
    boolean permits =
        ace.container(acl("actions"))
            .flatMap(actions -> actions.leaf(acl("forwarding"), QName.class))
            .filter(action -> action.getLocalName().equals("accept"))
            .isPresent();
    Optional<ConfigCursor> matches = ace.container(acl("matches"));
    if (matches.isPresent()) {
      require(list, ace, matches.get());
      for (String family : List.of("ipv4", "ipv6")) {
        if (matches.get().isExplicit(acl(family))) {
          return entry(permits, family, matches.get().container(acl(family)).orElseThrow());
        }
      }
    }
    return Optional.of(new AccessList.Entry(permits, Optional.empty(), Optional.empty()));
  }

  private static Optional<AccessList.Entry> entry(
      boolean permits, String family, ConfigCursor match) {
    boolean isOther =
        match.leaf(acl("protocol"), Uint8.class).filter(p -> p.toJava() != UDP).isPresent();
    if (isOther) {
      return Optional.empty();
    }
    Prefix any = prefix(family.equals("ipv4") ? "0.0.0.0/0" : "::/0");
    Optional<Prefix> source =
        match.leaf(acl("source-" + family + "-network"), String.class).map(AclReader::prefix);
    Optional<Prefix> destination =
        match.leaf(acl("destination-" + family + "-network"), String.class).map(AclReader::prefix);
    return Optional.of(
        new AccessList.Entry(permits, source.or(() -> Optional.of(any)), destination));
  }

  private static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    return new Prefix(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  private static void require(String list, ConfigCursor ace, ConfigCursor matches)
      throws RpcException {
    for (NodeSchema child : matches.schema().children()) {
      if (child.kind() == NodeSchema.Kind.LEAF) {
        refuseIfThere(list, ace, matches, child);
        continue;
      }
      Optional<ConfigCursor> inner = matches.container(child.name());
      if (inner.isPresent()) {
        for (NodeSchema leaf : inner.get().schema().children()) {
          if (!KNOWN.contains(leaf.name().getLocalName())) {
            refuseIfThere(list, ace, inner.get(), leaf);
          }
        }
      }
    }
  }

  private static void refuseIfThere(
      String list, ConfigCursor ace, ConfigCursor at, NodeSchema child) throws RpcException {
    if (child.kind() == NodeSchema.Kind.LEAF && at.isExplicit(child.name())) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_NOT_SUPPORTED,
              ("The access control list %s is named by the NTP service, which cannot match on %s as"
                      + " its entry %s does: match on networks and protocol only, or name another"
                      + " list.")
                  .formatted(
                      list,
                      child.name().getLocalName(),
                      ace.leaf(acl("name"), String.class).orElse("")))
          .withAppTag("acl-match")
          .asException();
    }
  }
}
