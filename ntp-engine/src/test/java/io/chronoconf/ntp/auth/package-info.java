@NullMarked
package io.chronoconf.ntp.auth;

import org.jspecify.annotations.NullMarked;
