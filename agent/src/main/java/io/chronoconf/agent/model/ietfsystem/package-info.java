/// RFC 7317: the local users, and what the system says of itself.
@NullMarked
package io.chronoconf.agent.model.ietfsystem;

import org.jspecify.annotations.NullMarked;
