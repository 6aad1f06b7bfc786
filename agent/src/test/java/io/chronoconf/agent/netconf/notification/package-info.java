@NullMarked
package io.chronoconf.agent.netconf.notification;

import org.jspecify.annotations.NullMarked;
