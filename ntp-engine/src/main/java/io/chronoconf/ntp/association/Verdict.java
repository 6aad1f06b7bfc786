package io.chronoconf.ntp.association;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What the packet tests decide. There is one object per answer, so that judging allocates nothing.
public sealed interface Verdict {
  /// The packet is good.
  record Accept() implements Verdict {
    private static final Accept ACCEPT = new Accept();
  }

  /// The packet is of no use.
  record Drop(DropReason reason) implements Verdict {
    private static final Map<DropReason, Drop> ALL = all();

    private static Map<DropReason, Drop> all() {
      Map<DropReason, Drop> all = new EnumMap<>(DropReason.class);
      for (DropReason reason : DropReason.values()) {
        all.put(reason, new Drop(reason));
      }
      return all;
    }
  }

  static Verdict accept() {
    return Accept.ACCEPT;
  }

  static Verdict drop(DropReason reason) {
    return Objects.requireNonNull(Drop.ALL.get(reason));
  }
}
