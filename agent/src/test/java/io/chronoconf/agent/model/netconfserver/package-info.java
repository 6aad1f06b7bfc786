@NullMarked
package io.chronoconf.agent.model.netconfserver;

import org.jspecify.annotations.NullMarked;
