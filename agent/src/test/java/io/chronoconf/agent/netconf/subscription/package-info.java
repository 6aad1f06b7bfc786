@NullMarked
package io.chronoconf.agent.netconf.subscription;

import org.jspecify.annotations.NullMarked;
