@NullMarked
package io.chronoconf.ntp.association;

import org.jspecify.annotations.NullMarked;
