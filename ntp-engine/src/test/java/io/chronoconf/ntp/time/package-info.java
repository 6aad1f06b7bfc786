@NullMarked
package io.chronoconf.ntp.time;

import org.jspecify.annotations.NullMarked;
