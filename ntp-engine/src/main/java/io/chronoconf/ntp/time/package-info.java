/// Quantities of time, each a type of its own.
@NullMarked
package io.chronoconf.ntp.time;

import org.jspecify.annotations.NullMarked;
