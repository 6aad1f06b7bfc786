/// The schema as data nodes see it, leaf values as text, and typed reading and building of trees.
@NullMarked
package io.chronoconf.datastore.tree;

import org.jspecify.annotations.NullMarked;
