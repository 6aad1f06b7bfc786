@NullMarked
package io.chronoconf.agent.model.ietfinterfaces;

import org.jspecify.annotations.NullMarked;
