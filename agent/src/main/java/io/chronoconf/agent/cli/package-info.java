/// What the agent is told when it starts: its command line and its bootstrap file. Both speak of
/// the same settings ([Setting]), are read by one reader and refused in one way ([UsageException]).
@NullMarked
package io.chronoconf.agent.cli;

import org.jspecify.annotations.NullMarked;
