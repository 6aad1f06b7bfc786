package io.chronoconf.ntp.io;

import java.util.concurrent.atomic.LongAdder;

/// What the server threads count together, since it was last reset.
final class ServerCounters {
  final LongAdder received = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder sendFailures = new LongAdder();

  void reset() {
    received.reset();
    dropped.reset();
    sent.reset();
    sendFailures.reset();
  }
}
