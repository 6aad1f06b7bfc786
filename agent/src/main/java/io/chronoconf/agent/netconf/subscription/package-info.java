/// Subscriptions to events and to the content of datastores (RFC 8639, RFC 8641).
@NullMarked
package io.chronoconf.agent.netconf.subscription;

import org.jspecify.annotations.NullMarked;
