/// The host's networks as values: what interfaces there are and which addresses they have. Nothing
/// here asks the system; the drivers do.
@NullMarked
package io.chronoconf.ntp.host;

import org.jspecify.annotations.NullMarked;
