/// ietf-factory-default (RFC 8808): back to the configuration of the new device.
@NullMarked
package io.chronoconf.agent.model.factorydefault;

import org.jspecify.annotations.NullMarked;
