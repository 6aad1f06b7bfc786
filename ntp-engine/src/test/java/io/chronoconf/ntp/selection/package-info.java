@NullMarked
package io.chronoconf.ntp.selection;

import org.jspecify.annotations.NullMarked;
