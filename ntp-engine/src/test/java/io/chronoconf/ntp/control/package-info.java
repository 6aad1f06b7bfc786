@NullMarked
package io.chronoconf.ntp.control;

import org.jspecify.annotations.NullMarked;
