/// Where NETCONF sessions come from: endpoints that are listened on, and clients that are called
/// home to (RFC 8071). What a connection is made of is the business of the packages that implement
/// [io.chronoconf.agent.transport.Transport].
@NullMarked
package io.chronoconf.agent.transport;

import org.jspecify.annotations.NullMarked;
