/// Edits: read out of XML, applied to a tree, found between two trees, written as XML. Pure
/// functions.
@NullMarked
package io.chronoconf.datastore.edit;

import org.jspecify.annotations.NullMarked;
