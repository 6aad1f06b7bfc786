/// The event streams of nc-notifications (RFC 5277 section 3.2), and which notifications there are.
@NullMarked
package io.chronoconf.agent.model.streams;

import org.jspecify.annotations.NullMarked;
