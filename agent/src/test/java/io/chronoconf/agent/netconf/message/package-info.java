@NullMarked
package io.chronoconf.agent.netconf.message;

import org.jspecify.annotations.NullMarked;
