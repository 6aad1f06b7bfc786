@NullMarked
package io.chronoconf.agent.model.ietfsystem;

import org.jspecify.annotations.NullMarked;
