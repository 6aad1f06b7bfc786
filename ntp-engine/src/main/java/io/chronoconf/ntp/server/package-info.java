/// Answers clients without keeping anything about them (RFC 5905 section 9.2, mode 3 to 4). The
/// path is used by several threads at once; all they share is one immutable [ServerSnapshot].
@NullMarked
package io.chronoconf.ntp.server;

import org.jspecify.annotations.NullMarked;
