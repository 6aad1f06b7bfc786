/// Agents and foreign daemons as processes of their own, in network namespaces of their own.
@NullMarked
package io.chronoconf.interop;

import org.jspecify.annotations.NullMarked;
