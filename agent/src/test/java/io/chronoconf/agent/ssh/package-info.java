@NullMarked
package io.chronoconf.agent.ssh;

import org.jspecify.annotations.NullMarked;
