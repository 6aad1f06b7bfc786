/// The wire format (RFC 5905 section 7.3, RFC 7822) and its codec.
@NullMarked
package io.chronoconf.ntp.packet;

import org.jspecify.annotations.NullMarked;
