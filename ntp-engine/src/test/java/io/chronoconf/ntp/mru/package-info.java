@NullMarked
package io.chronoconf.ntp.mru;

import org.jspecify.annotations.NullMarked;
