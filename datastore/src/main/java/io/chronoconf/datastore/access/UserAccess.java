package io.chronoconf.datastore.access;

import io.chronoconf.datastore.access.Rule.Subject;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;

/// What one user may do under one policy. Any thread.
final class UserAccess {
  private static final String DENY_ALL = "default-deny-all";
  private static final String DENY_WRITE = "default-deny-write";

  private final AccessPolicy policy;
  private final String user;
  private final List<Rule> rules;
  private final Map<NodeSchema, Reading> readings = new ConcurrentHashMap<>();

  /// What may be read of a schema node and all below it.
  enum Reading {
    ALL,
    NOTHING,
    /// That depends: on the instance, or on the nodes below.
    PARTS
  }

  UserAccess(AccessPolicy policy, String user) {
    this.policy = policy;
    this.user = user;
    this.rules = policy.rulesFor(user);
  }

  /// Whether an rpc may be called (RFC 8341 section 3.4.4).
  ///
  /// @param isSensitive whether it is denied where no rule speaks
  boolean mayCall(String module, String rpc, boolean isSensitive) {
    for (Rule rule : rules) {
      boolean isMeant =
          switch (rule.subject()) {
            case Subject.All _ -> true;
            case Subject.Rpc(String name) -> Rule.is(name, rpc);
            case Subject.Notification _, Subject.Data _ -> false;
          };
      if (isMeant && rule.isAbout(module, AccessOperation.EXEC)) {
        return rule.permits();
      }
    }
    return !isSensitive && policy.permitsExec();
  }

  /// Whether a notification may be received (RFC 8341 section 3.4.6).
  boolean mayReceive(String module, String notification, boolean isSensitive) {
    for (Rule rule : rules) {
      boolean isMeant =
          switch (rule.subject()) {
            case Subject.All _ -> true;
            case Subject.Notification(String name) -> Rule.is(name, notification);
            case Subject.Rpc _, Subject.Data _ -> false;
          };
      if (isMeant && rule.isAbout(module, AccessOperation.READ)) {
        return rule.permits();
      }
    }
    return !isSensitive && policy.permitsRead();
  }

  /// Whether something may be done to one node (RFC 8341 section 3.4.5).
  boolean permits(AccessOperation operation, DataPath path) {
    String module = module(path.schema());
    for (Rule rule : rules) {
      boolean isMeant =
          switch (rule.subject()) {
            case Subject.All _ -> true;
            case Subject.Data(RulePath wanted) -> wanted.matches(path, user);
            case Subject.Rpc _, Subject.Notification _ -> false;
          };
      if (isMeant && rule.isAbout(module, operation)) {
        return rule.permits();
      }
    }
    return permitsByDefault(operation, path.schema());
  }

  private boolean permitsByDefault(AccessOperation operation, NodeSchema schema) {
    boolean isRead = operation == AccessOperation.READ;
    for (NodeSchema at = schema; at.kind() != NodeSchema.Kind.ROOT; ) {
      EffectiveStatement<?, ?> statement = (EffectiveStatement<?, ?>) at.yang();
      if (has(statement, DENY_ALL) || (!isRead && has(statement, DENY_WRITE))) {
        return false;
      }
      at = at.parent().orElseThrow();
    }
    return isRead ? policy.permitsRead() : policy.permitsWrite();
  }

  /// What may be read of a schema node and all below it.
  Reading reading(NodeSchema schema) {
    Reading known = readings.get(schema);
    if (known == null) {
      known = computeReading(schema);
      readings.put(schema, known);
    }
    return known;
  }

  private Reading computeReading(NodeSchema schema) {
    Reading own = ownReading(schema);
    if (own == Reading.NOTHING) {
      return own;
    }
    for (NodeSchema child : schema.children()) {
      if (!schema.keys().contains(child.name()) && reading(child) != own) {
        return Reading.PARTS;
      }
    }
    return own;
  }

  private Reading ownReading(NodeSchema schema) {
    List<NodeSchema> fromTop = fromTop(schema);
    String module = module(schema);
    for (Rule rule : rules) {
      if (!rule.isAbout(module, AccessOperation.READ)) {
        continue;
      }
      RulePath.Match match =
          switch (rule.subject()) {
            case Subject.All _ -> RulePath.Match.YES;
            case Subject.Data(RulePath path) -> path.match(fromTop);
            case Subject.Rpc _, Subject.Notification _ -> RulePath.Match.NO;
          };
      switch (match) {
        case YES -> {
          return rule.permits() ? Reading.ALL : Reading.NOTHING;
        }
        case SOME -> {
          return Reading.PARTS;
        }
        case NO -> {}
      }
    }
    return permitsByDefault(AccessOperation.READ, schema) ? Reading.ALL : Reading.NOTHING;
  }

  private static List<NodeSchema> fromTop(NodeSchema schema) {
    List<NodeSchema> nodes = new ArrayList<>();
    for (NodeSchema at = schema; at.kind() != NodeSchema.Kind.ROOT; ) {
      nodes.addFirst(at);
      at = at.parent().orElseThrow();
    }
    return nodes;
  }

  private static String module(NodeSchema schema) {
    return module(schema.context(), schema.name());
  }

  static String module(EffectiveModelContext context, QName name) {
    return context.findModule(name.getModule()).orElseThrow().getName();
  }

  /// Whether a definition is denied to those for whom no rule speaks.
  static boolean isSensitive(EffectiveStatement<?, ?> statement) {
    return has(statement, DENY_ALL);
  }

  // The parser keeps extensions that it does not know among the declared statements only.
  private static boolean has(EffectiveStatement<?, ?> statement, String extension) {
    @Nullable DeclaredStatement<?> declared = statement.getDeclared();
    if (declared == null) {
      return false;
    }
    for (DeclaredStatement<?> inner : declared.declaredSubstatements()) {
      QName name = inner.statementDefinition().getStatementName();
      if (name.getLocalName().equals(extension)
          && name.getNamespace().toString().equals(AccessPolicy.NAMESPACE)) {
        return true;
      }
    }
    return false;
  }
}
