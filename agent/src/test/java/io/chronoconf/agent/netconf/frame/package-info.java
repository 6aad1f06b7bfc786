@NullMarked
package io.chronoconf.agent.netconf.frame;

import org.jspecify.annotations.NullMarked;
