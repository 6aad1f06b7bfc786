@NullMarked
package io.chronoconf.ntp.engine;

import org.jspecify.annotations.NullMarked;
