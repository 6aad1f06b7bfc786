package io.chronoconf.datastore;

import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.lock.DatastoreName;

/// Where a whole configuration comes from: copy-config's and validate's source parameter.
public sealed interface ConfigSource {
  /// A datastore as it is now.
  record Named(DatastoreName datastore) implements ConfigSource {}

  /// A configuration written out in the request.
  record Inline(EditTree config) implements ConfigSource {}
}
