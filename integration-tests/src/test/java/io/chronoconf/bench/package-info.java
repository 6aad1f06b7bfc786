/// Tests of the bench.
@NullMarked
package io.chronoconf.bench;

import org.jspecify.annotations.NullMarked;
