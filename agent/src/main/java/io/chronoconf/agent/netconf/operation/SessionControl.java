package io.chronoconf.agent.netconf.operation;

/// What operations can do to other sessions.
@FunctionalInterface
public interface SessionControl {
  /// Ends another session. When this returns true, what that session held is free again.
  ///
  /// @return false if there is no such session
  boolean kill(long sessionId);
}
