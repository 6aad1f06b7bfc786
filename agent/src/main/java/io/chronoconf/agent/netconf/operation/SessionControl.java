package io.chronoconf.agent.netconf.operation;

/// What operations can do to other sessions.
@FunctionalInterface
public interface SessionControl {
  /// Ends another session. When this returns true, what that session held is free again.
  ///
  /// @param killedBy the session that asked for it
  /// @return false if there is no such session
  boolean kill(long sessionId, long killedBy);
}
