/// The clock filter (RFC 5905 section 10): the best of the last eight exchanges.
@NullMarked
package io.chronoconf.ntp.filter;

import org.jspecify.annotations.NullMarked;
