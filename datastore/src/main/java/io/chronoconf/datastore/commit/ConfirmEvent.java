package io.chronoconf.datastore.commit;

import java.util.Locale;

/// What becomes of a confirmed commit (RFC 6470, `confirm-event`).
public enum ConfirmEvent {
  START,
  CANCEL,
  TIMEOUT,
  EXTEND,
  COMPLETE;

  /// The value on the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
