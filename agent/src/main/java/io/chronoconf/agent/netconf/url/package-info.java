/// Configurations at URLs (RFC 6241 section 8.8).
@NullMarked
package io.chronoconf.agent.netconf.url;

import org.jspecify.annotations.NullMarked;
