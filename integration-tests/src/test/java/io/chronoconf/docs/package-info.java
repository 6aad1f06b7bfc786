/// The documents are true: what they name exists.
@NullMarked
package io.chronoconf.docs;

import org.jspecify.annotations.NullMarked;
