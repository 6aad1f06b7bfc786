@NullMarked
package io.chronoconf.ntp.io;

import org.jspecify.annotations.NullMarked;
