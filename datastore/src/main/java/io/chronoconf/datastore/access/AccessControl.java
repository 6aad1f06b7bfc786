package io.chronoconf.datastore.access;

import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Asks the policy in force before anything is done for a session (RFC 8341 section 3). Any thread.
public final class AccessControl {
  private static final String NETCONF = "ietf-netconf";

  /// Denied where no rule speaks (RFC 8341 section 3.2.8).
  private static final Set<String> SENSITIVE_OPERATIONS = Set.of("delete-config", "kill-session");

  private static final String REMEDY =
      " Ask an administrator for a rule of ietf-netconf-acm that permits it.";

  /// A policy, and what users may do under it as far as anybody asked.
  private record InForce(AccessPolicy policy, Map<String, UserAccess> users) {
    UserAccess of(String user) {
      return users.computeIfAbsent(user, name -> new UserAccess(policy, name));
    }
  }

  private final NodeSchema root;
  private final Set<String> recoveryUsers;
  private final AtomicLong deniedOperations = new AtomicLong();
  private final AtomicLong deniedDataWrites = new AtomicLong();
  private final AtomicLong deniedNotifications = new AtomicLong();
  private volatile InForce inForce = inForce(AccessPolicy.DISABLED);

  /// @param root the schema's root
  /// @param recoveryUsers whose sessions are recovery sessions, for which no policy holds
  public AccessControl(NodeSchema root, Set<String> recoveryUsers) {
    this.root = root;
    this.recoveryUsers = Set.copyOf(recoveryUsers);
  }

  private static InForce inForce(AccessPolicy policy) {
    return new InForce(policy, new ConcurrentHashMap<>());
  }

  /// Puts a policy into force, for sessions that are open too.
  public void use(AccessPolicy policy) {
    inForce = inForce(policy);
  }

  /// What was refused.
  ///
  /// @param deniedOperations rpcs refused since the start
  /// @param deniedDataWrites edits and commits refused since the start
  /// @param deniedNotifications notifications withheld since the start
  public record Counters(long deniedOperations, long deniedDataWrites, long deniedNotifications) {}

  /// What was denied so far.
  public Counters counters() {
    return new Counters(deniedOperations.get(), deniedDataWrites.get(), deniedNotifications.get());
  }

  /// What the session's user may do; empty if everything.
  private Optional<UserAccess> access(SessionContext session) {
    InForce now = inForce;
    boolean isFree =
        session.equals(SessionContext.AGENT)
            || !now.policy().isEnabled()
            || recoveryUsers.contains(session.user());
    return isFree ? Optional.empty() : Optional.of(now.of(session.user()));
  }

  /// Lets a session call an operation of NETCONF itself, or not.
  ///
  /// @param operation such as `edit-config`
  /// @throws RpcException access-denied
  public void requireOperation(SessionContext session, String operation) throws RpcException {
    if (operation.equals("close-session")) {
      return; // Always permitted, so that everybody can leave.
    }
    requireCall(session, NETCONF, operation, SENSITIVE_OPERATIONS.contains(operation));
  }

  /// Lets a session call an rpc that a module defines, or not.
  ///
  /// @throws RpcException access-denied
  public void requireRpc(SessionContext session, RpcDefinition rpc) throws RpcException {
    QName name = rpc.getQName();
    requireCall(
        session,
        UserAccess.module(root.context(), name),
        name.getLocalName(),
        UserAccess.isSensitive(rpc.asEffectiveStatement()));
  }

  private void requireCall(SessionContext session, String module, String rpc, boolean isSensitive)
      throws RpcException {
    Optional<UserAccess> access = access(session);
    if (access.isPresent() && !access.get().mayCall(module, rpc, isSensitive)) {
      deniedOperations.incrementAndGet();
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.ACCESS_DENIED,
              "User " + session.user() + " may not call " + rpc + "." + REMEDY)
          .asException();
    }
  }

  /// What the session's user may read of a tree. Filters look at this, so that they tell nothing
  /// about the rest.
  public ContainerNode readable(SessionContext session, ContainerNode tree) {
    return access(session).map(a -> new DataPruner(a).prune(root, tree)).orElse(tree);
  }

  /// Whether the session's user may read one node, be it there or not: it and all above it.
  public boolean mayRead(SessionContext session, DataPath path) {
    return access(session)
        .map(a -> path.fromTop().stream().allMatch(n -> a.permits(AccessOperation.READ, n)))
        .orElse(true);
  }

  /// Lets a session make a change, or not.
  ///
  /// @param before the tree that the change is to be made to
  /// @param change the difference, by merges and removals alone
  /// @throws RpcException access-denied; it names the node only if the user may read it
  public void requireWrite(SessionContext session, ContainerNode before, EditTree change)
      throws RpcException {
    refuse(session, check -> check.find(root, before, change));
  }

  /// Lets a session ask for an edit, or not: the rights to what it creates and deletes by name.
  ///
  /// @param request as it came
  /// @throws RpcException access-denied
  public void requireRequest(SessionContext session, EditTree request) throws RpcException {
    refuse(session, check -> check.findRequested(root, request));
  }

  private void refuse(
      SessionContext session, Function<WriteCheck, Optional<WriteCheck.Denial>> search)
      throws RpcException {
    Optional<UserAccess> access = access(session);
    Optional<WriteCheck.Denial> denial =
        access.isEmpty() ? Optional.empty() : search.apply(new WriteCheck(access.get()));
    if (denial.isPresent()) {
      deniedDataWrites.incrementAndGet();
      throw refusal(session, access.orElseThrow(), denial.get()).asException();
    }
  }

  private static RpcError refusal(
      SessionContext session, UserAccess access, WriteCheck.Denial denial) {
    String verb = denial.operation().wire();
    if (!access.permits(AccessOperation.READ, denial.path())) {
      return RpcError.of(
          ErrorType.APPLICATION,
          ErrorTag.ACCESS_DENIED,
          "User " + session.user() + " may not " + verb + " a part of this." + REMEDY);
    }
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.ACCESS_DENIED,
            "User " + session.user() + " may not " + verb + " " + denial.path() + "." + REMEDY)
        .withPath(denial.path().errorPath());
  }

  /// Whether the session's user may receive a notification. Only asked for one that is to be sent:
  /// a refusal counts.
  public boolean mayReceive(SessionContext session, NotificationDefinition notification) {
    QName name = notification.getQName();
    boolean isPermitted =
        access(session)
            .map(
                access ->
                    access.mayReceive(
                        UserAccess.module(root.context(), name),
                        name.getLocalName(),
                        UserAccess.isSensitive(notification.asEffectiveStatement())))
            .orElse(true);
    if (!isPermitted) {
      deniedNotifications.incrementAndGet();
    }
    return isPermitted;
  }
}
