@NullMarked
package io.chronoconf.ntp.filter;

import org.jspecify.annotations.NullMarked;
