/// The NTP daemon as a value machine: inputs and a time in, outputs out (RFC 5905).
@NullMarked
package io.chronoconf.ntp.engine;

import org.jspecify.annotations.NullMarked;
