@NullMarked
package io.chronoconf.agent.model;

import org.jspecify.annotations.NullMarked;
