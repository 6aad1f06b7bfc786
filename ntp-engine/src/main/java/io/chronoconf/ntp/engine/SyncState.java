package io.chronoconf.ntp.engine;

/// The clock state machine of RFC 5905 section 11.3, as RFC 9249 `sync-state` names it.
public enum SyncState {
  /// NSET: the clock was never set.
  CLOCK_NEVER_SET,
  /// FSET: the frequency was loaded from the last run.
  FREQ_SET_BY_CFG,
  /// SPIK: an offset beyond the step threshold is being watched.
  SPIKE,
  /// FREQ: the frequency is being measured.
  FREQ,
  /// SYNC: the clock is synchronized.
  CLOCK_SYNCHRONIZED
}
