/// ietf-netconf-monitoring (RFC 6022): sessions, locks, schemas and counters as state.
@NullMarked
package io.chronoconf.agent.model.monitoring;

import org.jspecify.annotations.NullMarked;
