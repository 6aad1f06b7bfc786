/// Validation of a whole configuration (RFC 7950 section 8).
@NullMarked
package io.chronoconf.datastore.validate;

import org.jspecify.annotations.NullMarked;
