package io.chronoconf.datastore.access;

import io.chronoconf.datastore.access.Rule.Subject;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;

/// The configuration of access control as it is applied (RFC 8341 container `nacm`). Immutable.
///
/// @param isEnabled otherwise everybody may do everything
/// @param permitsRead where no rule speaks
/// @param permitsWrite where no rule speaks
/// @param permitsExec where no rule speaks
/// @param groups names and members
/// @param lists in the order in which they are asked
public record AccessPolicy(
    boolean isEnabled,
    boolean permitsRead,
    boolean permitsWrite,
    boolean permitsExec,
    List<Group> groups,
    List<RuleList> lists) {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";

  /// The policy of who has none.
  public static final AccessPolicy DISABLED =
      new AccessPolicy(false, true, true, true, List.of(), List.of());

  public AccessPolicy {
    groups = List.copyOf(groups);
    lists = List.copyOf(lists);
  }

  record Group(String name, Set<String> members) {}

  record RuleList(Set<String> groups, List<Rule> rules) {}

  /// Reads the policy.
  ///
  /// @param config the whole configuration
  /// @throws RpcException if the path of a rule leads nowhere: such a rule would never act, and who
  ///   wrote it would not know
  public static AccessPolicy of(ConfigCursor config) throws RpcException {
    return new Reader(config.schema()).read(config);
  }

  /// The rules for a user, in the order in which they are asked.
  List<Rule> rulesFor(String user) {
    Set<String> own = new HashSet<>();
    for (Group group : groups) {
      if (group.members().contains(user)) {
        own.add(group.name());
      }
    }
    List<Rule> rules = new ArrayList<>();
    // RFC 8341 section 3.4.4 step 5: who is in no group is met by no rule, not even one of "*".
    if (!own.isEmpty()) {
      for (RuleList list : lists) {
        if (list.groups().contains(Rule.ANY) || list.groups().stream().anyMatch(own::contains)) {
          rules.addAll(list.rules());
        }
      }
    }
    return List.copyOf(rules);
  }

  private record Reader(NodeSchema root) {
    AccessPolicy read(ConfigCursor config) throws RpcException {
      QName name = root.child(NAMESPACE, "nacm").orElseThrow().name();
      ConfigCursor nacm = config.container(name).orElseThrow();
      List<Group> groups = new ArrayList<>();
      for (ConfigCursor group :
          nacm.container(name(nacm, "groups"))
              .map(all -> all.list(name(all, "group")))
              .orElse(List.of())) {
        groups.add(
            new Group(
                text(group, "name").orElseThrow(),
                Set.copyOf(group.leafList(name(group, "user-name"), String.class))));
      }
      List<RuleList> lists = new ArrayList<>();
      for (ConfigCursor list : nacm.list(name(nacm, "rule-list"))) {
        List<Rule> rules = new ArrayList<>();
        for (ConfigCursor rule : list.list(name(list, "rule"))) {
          rules.add(rule(rule));
        }
        lists.add(
            new RuleList(
                Set.copyOf(list.leafList(name(list, "group"), String.class)), List.copyOf(rules)));
      }
      return new AccessPolicy(
          nacm.leaf(name(nacm, "enable-nacm"), Boolean.class).orElse(true),
          permits(nacm, "read-default"),
          permits(nacm, "write-default"),
          permits(nacm, "exec-default"),
          groups,
          lists);
    }

    private Rule rule(ConfigCursor rule) throws RpcException {
      return new Rule(
          text(rule, "module-name").orElse(Rule.ANY),
          subject(rule),
          operations(rule.leaf(name(rule, "access-operations"), Object.class).orElse(Rule.ANY)),
          permits(rule, "action"));
    }

    private Subject subject(ConfigCursor rule) throws RpcException {
      Optional<String> rpc = text(rule, "rpc-name");
      Optional<String> notification = text(rule, "notification-name");
      Optional<String> path = text(rule, "path");
      if (rpc.isPresent()) {
        return new Subject.Rpc(rpc.get());
      }
      if (notification.isPresent()) {
        return new Subject.Notification(notification.get());
      }
      return path.isPresent() ? data(rule, path.get()) : new Subject.All();
    }

    private Subject data(ConfigCursor rule, String path) throws RpcException {
      try {
        return new Subject.Data(RulePath.read(root, path));
      } catch (InvalidValueException e) {
        throw RpcError.of(
                ErrorType.APPLICATION,
                ErrorTag.INVALID_VALUE,
                "The path %s of rule %s leads nowhere: %s. Correct it, or take the rule out."
                    .formatted(path, text(rule, "name").orElse(""), e.getMessage()))
            .withAppTag("no-such-node")
            .withPath(rule.path(name(rule, "path")).errorPath())
            .asException();
      }
    }

    private static Set<AccessOperation> operations(Object value) {
      Set<AccessOperation> operations = EnumSet.noneOf(AccessOperation.class);
      for (AccessOperation operation : AccessOperation.values()) {
        boolean isNamed = value instanceof Set<?> bits && bits.contains(operation.wire());
        if (isNamed || value.equals(Rule.ANY)) {
          operations.add(operation);
        }
      }
      return operations;
    }

    private static boolean permits(ConfigCursor at, String leaf) {
      return at.leaf(name(at, leaf), String.class).filter("permit"::equals).isPresent();
    }

    private static Optional<String> text(ConfigCursor at, String leaf) {
      return at.leaf(name(at, leaf), String.class);
    }

    private static QName name(ConfigCursor at, String local) {
      return at.schema().child(NAMESPACE, local).orElseThrow().name();
    }
  }
}
