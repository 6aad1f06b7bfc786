/// The schema: which YANG modules this agent has, their parsed model and their text.
@NullMarked
package io.chronoconf.yang;

import org.jspecify.annotations.NullMarked;
