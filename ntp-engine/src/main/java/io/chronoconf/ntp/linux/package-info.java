/// Every call into Linux and every layout of its structures, for x86-64 and aarch64. Nothing else
/// in the project touches native memory.
@NullMarked
package io.chronoconf.ntp.linux;

import org.jspecify.annotations.NullMarked;
