/// RFC 9249 and its extensions, between the datastores and the NTP engine: configuration to
/// commands, snapshots to operational state. Units and signs are converted here and nowhere else.
@NullMarked
package io.chronoconf.agent.model.ietfntp;

import org.jspecify.annotations.NullMarked;
