/// Performs operations: each is one branch of one switch, from a record of its parameters to a
/// reply. Runs on the session's own thread.
@NullMarked
package io.chronoconf.agent.netconf.operation;

import org.jspecify.annotations.NullMarked;
