/// Streams, filters and subscriptions as data.
@NullMarked
package io.chronoconf.agent.model.subscriptions;

import org.jspecify.annotations.NullMarked;
