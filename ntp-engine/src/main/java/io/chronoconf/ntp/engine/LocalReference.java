package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.PollExponent;

/// The local clock as a source among the others.
///
/// @param id its session identifier
/// @param config what was asked for
/// @param start when it came into being
record LocalReference(int id, LocalReferenceConfig config, Now start) {
  private static final int NTP_PORT = 123;
  private static final int VERSION = 4;
  private static final PollExponent POLL = new PollExponent(6);

  /// What it would be configured like if it were an association.
  AssociationConfig associationConfig() {
    return new AssociationConfig(key(), NTP_PORT, VERSION, POLL, POLL, false, false, false);
  }

  AssociationKey key() {
    return new AssociationKey("", config.address(), AssociationMode.CLIENT, true);
  }

  /// Its reach register: it answers every poll.
  int reach(Now now) {
    double polls = now.monotonic().secondsSince(start.monotonic()) / POLL.seconds();
    return polls >= 7 ? 0xff : (1 << ((int) polls + 1)) - 1;
  }
}
