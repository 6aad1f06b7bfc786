@NullMarked
package io.chronoconf.agent.transport;

import org.jspecify.annotations.NullMarked;
