package io.chronoconf.datastore.lock;

/// Who asks.
///
/// @param sessionId the session's number, from 1 (RFC 6241 section 8.1); 0 is no session
/// @param user the name it logged in with, for the journal
public record SessionContext(long sessionId, String user) {
  /// The agent itself, outside any session.
  public static final SessionContext AGENT = new SessionContext(0, "agent");
}
