/// Configuration that is kept for others to refer to and has no effect of its own.
@NullMarked
package io.chronoconf.agent.model.stored;

import org.jspecify.annotations.NullMarked;
