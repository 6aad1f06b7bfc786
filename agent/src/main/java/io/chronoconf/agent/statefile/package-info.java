/// What the files of the state folder have in common.
@NullMarked
package io.chronoconf.agent.statefile;

import org.jspecify.annotations.NullMarked;
