package io.chronoconf.datastore.lock;

import java.util.Locale;

/// The datastores that hold configuration.
public enum DatastoreName {
  RUNNING,
  CANDIDATE,
  /// Only on a device with `:startup` (RFC 6241 section 8.7).
  STARTUP;

  /// The element name on the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
