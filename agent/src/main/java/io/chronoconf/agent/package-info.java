/// The agent as a process: its wiring ([Agent]), its first start and its end.
@NullMarked
package io.chronoconf.agent;

import org.jspecify.annotations.NullMarked;
