@NullMarked
package io.chronoconf.agent.model.ietfntp;

import org.jspecify.annotations.NullMarked;
