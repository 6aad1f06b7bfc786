package io.chronoconf.datastore.lock;

import java.util.Locale;

/// The datastores that hold configuration.
public enum DatastoreName {
  RUNNING,
  CANDIDATE;

  /// The element name on the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
