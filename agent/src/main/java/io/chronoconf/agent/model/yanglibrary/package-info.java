/// ietf-yang-library (RFC 8525): which modules, features and deviations this device has.
@NullMarked
package io.chronoconf.agent.model.yanglibrary;

import org.jspecify.annotations.NullMarked;
