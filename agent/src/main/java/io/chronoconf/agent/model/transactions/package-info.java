/// The revisions of running, for managers that share the device.
@NullMarked
package io.chronoconf.agent.model.transactions;

import org.jspecify.annotations.NullMarked;
