@NullMarked
package io.chronoconf.agent;

import org.jspecify.annotations.NullMarked;
