@NullMarked
package io.chronoconf.agent.cli;

import org.jspecify.annotations.NullMarked;
