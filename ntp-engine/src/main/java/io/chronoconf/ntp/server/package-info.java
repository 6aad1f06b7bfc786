/// Answers clients (RFC 5905 section 9.2, mode 3 to 4) and keeps nothing about them, but for two
/// stamps of those that ask for interleaved answers (RFC 9769). The path is used by several threads
/// at once; all they share is one immutable [ServerSnapshot].
@NullMarked
package io.chronoconf.ntp.server;

import org.jspecify.annotations.NullMarked;
