/// The rules of the house that code can check: module and package arrows, names, purity.
@NullMarked
package io.chronoconf.architecture;

import org.jspecify.annotations.NullMarked;
