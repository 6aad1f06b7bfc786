package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.acl;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;

/// Access control lists (RFC 8519) and the rights that name them to [AccessRules]. For one
/// configuration.
final class AclReader {
  private static final Map<String, AccessRight> RIGHTS =
      Map.of(
          "peer-access-mode", AccessRight.PEER,
          "server-access-mode", AccessRight.SERVER,
          "server-only-access-mode", AccessRight.SYNCHRONIZATION,
          "query-only-access-mode", AccessRight.QUERY);

  private final Map<String, ConfigCursor> lists = new HashMap<>();
  private final Map<String, AccessList> read = new HashMap<>();

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

  /// A list; empty if it does not exist. Whoever names the same one gets the same one.
  ///
  /// @throws RpcException if it matches on what NTP cannot see
  Optional<AccessList> list(String name) throws RpcException {
    AccessList known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    ConfigCursor list = lists.get(name);
    if (list == null) {
      return Optional.empty();
    }
    AceReader reader = new AceReader(name);
    List<AccessEntry> entries = new ArrayList<>();
    for (ConfigCursor ace : list.container(acl("aces")).orElseThrow().list(acl("ace"))) {
      reader.read(ace).ifPresent(entries::add);
    }
    AccessList compiled = new AccessList(entries);
    read.put(name, compiled);
    return Optional.of(compiled);
  }
}
