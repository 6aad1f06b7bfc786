package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;

/// A packet of ours that waits for its answer.
///
/// @param transmit its transmit field, which the answer brings back
/// @param originate when it left
record Request(NtpTimestamp transmit, Now originate) {
  /// The same with a better stamp, if it is that packet's.
  Request stamped(long field, Now stamp) {
    return transmit.bits() == field ? new Request(transmit, stamp) : this;
  }
}
