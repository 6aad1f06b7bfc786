@NullMarked
package io.chronoconf.agent.tls;

import org.jspecify.annotations.NullMarked;
