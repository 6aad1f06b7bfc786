package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.NtpDuration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How long a server has kept requests of late, by true transmit stamps. Owned by one conversation.
final class Turnarounds {
  private static final int REMEMBERED = 8;

  private final Deque<NtpDuration> spans = new ArrayDeque<>();

  void add(NtpDuration span) {
    if (spans.size() == REMEMBERED) {
      spans.removeFirst();
    }
    spans.addLast(span);
  }

  /// The shortest of late: what exceeds it then looks like any other delay on the way back.
  NtpDuration least() {
    @Nullable NtpDuration least = null;
    for (NtpDuration span : spans) {
      least = least == null || span.compareTo(least) < 0 ? span : least;
    }
    return least == null || least.isNegative() ? NtpDuration.ZERO : least;
  }
}
