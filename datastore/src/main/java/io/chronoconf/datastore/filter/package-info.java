/// Which part of a tree a client wants, and that part as XML. A filter is read once against the
/// schema and applied while the data is written, so that no second tree is built.
///
/// ```text
/// Sibling = Containment(name, SiblingSet) | ContentMatch(leaf, value) | Selection(name)
/// ```
@NullMarked
package io.chronoconf.datastore.filter;

import org.jspecify.annotations.NullMarked;
