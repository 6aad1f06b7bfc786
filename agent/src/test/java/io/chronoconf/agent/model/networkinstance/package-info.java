@NullMarked
package io.chronoconf.agent.model.networkinstance;

import org.jspecify.annotations.NullMarked;
