/// The engine on a real machine: the threads, sockets, clocks and files around the value machine of
/// `engine`. Start reading at `NtpService`.
@NullMarked
package io.chronoconf.ntp.io;

import org.jspecify.annotations.NullMarked;
