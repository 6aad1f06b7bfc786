/// The executable `integration-tests/bench`: what Chronoconf promises in figures, measured.
@NullMarked
package io.chronoconf.bench;

import org.jspecify.annotations.NullMarked;
