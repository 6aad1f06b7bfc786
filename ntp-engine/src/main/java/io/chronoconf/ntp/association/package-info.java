/// Associations: what is known about and said to each remote clock (RFC 5905 section 9).
@NullMarked
package io.chronoconf.ntp.association;

import org.jspecify.annotations.NullMarked;
