/// The configuration of access control (RFC 8341) on its way into force, and its counters.
@NullMarked
package io.chronoconf.agent.model.nacm;

import org.jspecify.annotations.NullMarked;
