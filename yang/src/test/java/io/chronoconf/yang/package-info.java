@NullMarked
package io.chronoconf.yang;

import org.jspecify.annotations.NullMarked;
