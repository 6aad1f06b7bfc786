package io.chronoconf.agent.netconf.session;

/// Why a session ended.
public enum TerminationReason {
  /// By its own close-session.
  CLOSED,
  /// By another session's kill-session.
  KILLED,
  /// The transport went away, or its framing could not be followed any more.
  DROPPED,
  /// It said nothing for too long.
  TIMEOUT,
  /// Its hello was no acceptable hello.
  BAD_HELLO,
  /// The agent stops.
  SHUTDOWN
}
