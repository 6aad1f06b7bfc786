/// What every concern's model shares; each concern has a package of its own below.
@NullMarked
package io.chronoconf.agent.model;

import org.jspecify.annotations.NullMarked;
