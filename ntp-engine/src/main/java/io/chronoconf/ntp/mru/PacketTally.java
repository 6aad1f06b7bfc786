package io.chronoconf.ntp.mru;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import java.util.EnumMap;
import java.util.Map;

/// How many packets came in, by version and mode and by what became of them. Owned by one thread.
public final class PacketTally {
  private static final int KINDS = 64;
  private static final int MODES = 8;

  private final long[] used = new long[KINDS];
  private final long[] unused = new long[KINDS];
  private final Map<DropReason, Count> dropped = new EnumMap<>(DropReason.class);

  private static final class Count {
    private long value;
  }

  /// Counts a packet.
  ///
  /// @param flags its first octet
  void count(int flags, Verdict verdict) {
    int kind = flags & (KINDS - 1);
    if (verdict instanceof Verdict.Drop drop) {
      unused[kind]++;
      dropped.computeIfAbsent(drop.reason(), _ -> new Count()).value++;
    } else {
      used[kind]++;
    }
  }

  /// Adds what another has counted.
  void add(PacketTally other) {
    for (int kind = 0; kind < KINDS; kind++) {
      used[kind] += other.used[kind];
      unused[kind] += other.unused[kind];
    }
    other.dropped.forEach(
        (reason, more) -> dropped.computeIfAbsent(reason, _ -> new Count()).value += more.value);
  }

  /// All packets.
  public long received() {
    long sum = 0;
    for (int kind = 0; kind < KINDS; kind++) {
      sum += used[kind] + unused[kind];
    }
    return sum;
  }

  /// Packets of a version, 0 to 7.
  public long received(int version) {
    long sum = 0;
    for (int mode = 0; mode < MODES; mode++) {
      sum += received(version, mode);
    }
    return sum;
  }

  /// Packets of a version and a mode, each 0 to 7.
  public long received(int version, int mode) {
    int kind = version * MODES + mode;
    return used[kind] + unused[kind];
  }

  /// Packets of a mode, 0 to 7, that were of use.
  public long used(int mode) {
    long sum = 0;
    for (int kind = mode; kind < KINDS; kind += MODES) {
      sum += used[kind];
    }
    return sum;
  }

  /// Packets that were of no use for this reason.
  public long dropped(DropReason reason) {
    Count count = dropped.get(reason);
    return count == null ? 0 : count.value;
  }
}
