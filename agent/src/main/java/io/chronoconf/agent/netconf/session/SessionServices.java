package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.message.ReplyWriter;
import io.chronoconf.agent.netconf.message.RpcReader;
import io.chronoconf.agent.netconf.notification.BaseNotifications;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.operation.OperationExecutor;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.datastore.lock.SessionContext;
import java.util.List;
import java.util.function.Consumer;

/// What all sessions share.
///
/// @param base tells of sessions
/// @param capabilities for the hello
/// @param release gives back what a session held
record SessionServices(
    RpcReader reader,
    ReplyWriter writer,
    OperationExecutor executor,
    SessionRegistry registry,
    SessionLimits limits,
    NotificationHub notifications,
    Subscriptions subscriptions,
    BaseNotifications base,
    List<String> capabilities,
    Consumer<SessionContext> release) {}
