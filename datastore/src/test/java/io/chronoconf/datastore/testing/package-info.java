/// Doubles and shorthands for the tests.
@NullMarked
package io.chronoconf.datastore.testing;

import org.jspecify.annotations.NullMarked;
