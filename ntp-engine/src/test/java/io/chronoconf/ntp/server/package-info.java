@NullMarked
package io.chronoconf.ntp.server;

import org.jspecify.annotations.NullMarked;
