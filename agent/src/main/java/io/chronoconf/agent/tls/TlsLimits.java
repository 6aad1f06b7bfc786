package io.chronoconf.agent.tls;

import java.time.Duration;

/// What TLS connections may cost.
///
/// @param loginTimeout from the connection to the end of the handshake
/// @param maxHalfOpen connections whose handshake has not ended; the oldest is dropped for one more
/// @param slowReaderPatience how long a peer that takes no data keeps a session's thread waiting
public record TlsLimits(Duration loginTimeout, int maxHalfOpen, Duration slowReaderPatience) {
  public static final TlsLimits DEFAULT =
      new TlsLimits(Duration.ofSeconds(30), 64, Duration.ofSeconds(30));
}
