@NullMarked
package io.chronoconf.ntp.access;

import org.jspecify.annotations.NullMarked;
