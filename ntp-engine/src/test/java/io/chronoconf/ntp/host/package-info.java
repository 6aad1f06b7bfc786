@NullMarked
package io.chronoconf.ntp.host;

import org.jspecify.annotations.NullMarked;
