package io.chronoconf.agent.ssh;

import java.time.Duration;

/// What SSH connections may cost before and after login.
///
/// @param loginTimeout from the connection to the end of authentication
/// @param maxLoginAttempts per connection
/// @param maxHalfOpen connections that have not logged in; the oldest is dropped for one more
/// @param maxChannels NETCONF sessions per connection
public record SshLimits(
    Duration loginTimeout, int maxLoginAttempts, int maxHalfOpen, int maxChannels) {
  public static final SshLimits DEFAULT = new SshLimits(Duration.ofSeconds(30), 6, 64, 16);
}
