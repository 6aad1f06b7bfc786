/// Control queries, mode 6 (RFC 9327): what ntpq and its relatives ask. Reading only.
@NullMarked
package io.chronoconf.ntp.control;

import org.jspecify.annotations.NullMarked;
