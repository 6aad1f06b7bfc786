/// The datastores of one device: running and candidate, their edits, locks and commits.
/// Protocol-free.
@NullMarked
package io.chronoconf.datastore;

import org.jspecify.annotations.NullMarked;
