package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.message.XmlLimits;
import java.time.Duration;

/// What sessions may cost.
///
/// @param maxSessions at the same time
/// @param maxMessageBytes longest request
/// @param xml how large the parts of a request may be
/// @param helloTimeout from the session's start to the client's hello
/// @param idleTimeout after which a silent session ends; zero for never
/// @param maxXPathSteps what the evaluation of one XPath filter may cost
/// @param maxSubscriptions that one session may have, besides that of create-subscription
public record SessionLimits(
    int maxSessions,
    int maxMessageBytes,
    XmlLimits xml,
    Duration helloTimeout,
    Duration idleTimeout,
    long maxXPathSteps,
    int maxSubscriptions) {
  /// Enough for 20 000 associations in one edit.
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

  /// Enough for any sane expression over 20 000 associations; about a second.
  public static final long DEFAULT_MAX_XPATH_STEPS = 10_000_000;

  /// What a manager with several views of a device needs.
  public static final int DEFAULT_MAX_SUBSCRIPTIONS = 32;

  public static final SessionLimits DEFAULT =
      new SessionLimits(
          1_000,
          DEFAULT_MAX_MESSAGE_BYTES,
          XmlLimits.DEFAULT,
          Duration.ofSeconds(30),
          Duration.ZERO,
          DEFAULT_MAX_XPATH_STEPS,
          DEFAULT_MAX_SUBSCRIPTIONS);
}
