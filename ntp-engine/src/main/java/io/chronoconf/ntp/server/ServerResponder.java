package io.chronoconf.ntp.server;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Turns a client's request into the answer, in the same buffer (RFC 5905 section 9.2, FXMIT). One
/// per thread: it owns a generator of random bits and nothing else, so it allocates nothing.
public final class ServerResponder {
  @SuppressWarnings("UnusedVariable")
  public ServerResponder(RandomGenerator random) {}

  /// Answers in place. On success the buffer holds the answer from position to limit, which is
  /// never longer than the request was. The caller drops what was not sent to a unicast address.
  ///
  /// @param packet the request from position to limit; big-endian; unchanged by a refusal
  /// @param snapshot what we say of ourselves
  /// @param receive when it arrived, local time
  /// @param transmit when the answer leaves, local time
  /// @return whether there is an answer, or why not
  public Verdict respond(
      ByteBuffer packet, ServerSnapshot snapshot, NtpTimestamp receive, NtpTimestamp transmit) {
    return Verdict.drop(DropReason.NO_SERVICE);
  }
}
