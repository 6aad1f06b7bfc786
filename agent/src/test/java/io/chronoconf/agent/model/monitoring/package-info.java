@NullMarked
package io.chronoconf.agent.model.monitoring;

import org.jspecify.annotations.NullMarked;
