/// Symmetric keys and what they prove (RFC 5905 section 7.3, RFC 8573).
@NullMarked
package io.chronoconf.ntp.auth;

import org.jspecify.annotations.NullMarked;
