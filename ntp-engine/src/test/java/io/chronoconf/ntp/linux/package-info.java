@NullMarked
package io.chronoconf.ntp.linux;

import org.jspecify.annotations.NullMarked;
