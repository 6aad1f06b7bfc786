@NullMarked
package io.chronoconf.ntp.packet;

import org.jspecify.annotations.NullMarked;
