package io.chronoconf.agent.netconf.session;

/// Why a session ended.
public enum TerminationReason {
  /// By its own close-session.
  CLOSED("closed"),
  /// By another session's kill-session.
  KILLED("killed"),
  /// The transport went away, or its framing could not be followed any more.
  DROPPED("dropped"),
  /// It said nothing for too long.
  TIMEOUT("timeout"),
  /// Its hello was no acceptable hello.
  BAD_HELLO("bad-hello"),
  /// It did not read its notifications fast enough.
  SLOW_READER("other"),
  /// The agent stops.
  SHUTDOWN("other");

  private final String wire;

  TerminationReason(String wire) {
    this.wire = wire;
  }

  /// The value of `termination-reason` in RFC 6470.
  public String wire() {
    return wire;
  }

  /// Whether a peer that does not read would hinder what is still to be sent.
  boolean isOrderly() {
    return this != KILLED && this != SLOW_READER;
  }
}
