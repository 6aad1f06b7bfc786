/// Select, cluster and combine (RFC 5905 section 11.2): pure functions over small records.
@NullMarked
package io.chronoconf.ntp.selection;

import org.jspecify.annotations.NullMarked;
