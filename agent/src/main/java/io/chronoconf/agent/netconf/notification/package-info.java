/// Notifications (RFC 5277, RFC 6470). Any thread publishes into the [NotificationHub], which keeps
/// a bounded log for replay and hands each notification to the bounded queue of every
/// [Subscription]; publishing never waits for a session. The session's side takes from the queue
/// and writes, on a thread of its own.
@NullMarked
package io.chronoconf.agent.netconf.notification;

import org.jspecify.annotations.NullMarked;
