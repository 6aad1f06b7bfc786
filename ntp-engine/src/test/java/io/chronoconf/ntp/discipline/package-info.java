/// Tests of the clock discipline.
@NullMarked
package io.chronoconf.ntp.discipline;

import org.jspecify.annotations.NullMarked;
