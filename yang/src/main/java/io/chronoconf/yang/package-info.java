/// The schema: which YANG modules this agent has, their parsed model and their text, and the
/// conversions between YANG values and Java's.
@NullMarked
package io.chronoconf.yang;

import org.jspecify.annotations.NullMarked;
