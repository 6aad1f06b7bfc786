@NullMarked
package io.chronoconf.agent.netconf.session;

import org.jspecify.annotations.NullMarked;
