/// Refusals in the words of RFC 6241 appendix A and RFC 7950 section 15.
@NullMarked
package io.chronoconf.datastore.error;

import org.jspecify.annotations.NullMarked;
