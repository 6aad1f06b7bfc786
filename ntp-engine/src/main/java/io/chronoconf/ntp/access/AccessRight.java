package io.chronoconf.ntp.access;

/// What a remote device may do, in the order in which the rights are tried (RFC 9249
/// `access-mode`).
public enum AccessRight {
  /// Everything: it may be our source, take time from us, and query us.
  PEER,
  /// It may take time from us and query us.
  SERVER,
  /// It may take time from us.
  SYNCHRONIZATION,
  /// It may query us.
  QUERY;

  /// Whether it may be a source of ours.
  public boolean maySynchronizeUs() {
    return this == PEER;
  }

  /// Whether it may take time from us.
  public boolean mayTakeTime() {
    return this != QUERY;
  }

  /// Whether its control queries are answered.
  public boolean mayQuery() {
    return this != SYNCHRONIZATION;
  }
}
