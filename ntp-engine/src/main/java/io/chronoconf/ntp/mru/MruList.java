package io.chronoconf.ntp.mru;

import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who was heard lately, by all threads together, at one moment. Immutable.
///
/// @param at the moment, local time
/// @param entries who was heard longest ago first; each address once
/// @param tally of all packets since the start
/// @param use how full the tables are
public record MruList(NtpTimestamp at, List<MruEntry> entries, PacketTally tally, Use use) {
  /// Nobody was heard.
  public static final MruList EMPTY = of(NtpTimestamp.UNKNOWN, List.of());

  public MruList {
    entries = List.copyOf(entries);
  }

  /// How full the tables are.
  ///
  /// @param capacity clients that they can hold
  /// @param deepest the most that they ever held
  /// @param existing packets of who was known
  /// @param created clients that got a free place
  /// @param evicted clients that took the place of who was silent longest
  public record Use(int capacity, int deepest, long existing, long created, long evicted) {
    static final Use NONE = new Use(0, 0, 0, 0, 0);

    Use plus(Use other) {
      return new Use(
          capacity + other.capacity,
          deepest + other.deepest,
          existing + other.existing,
          created + other.created,
          evicted + other.evicted);
    }
  }

  /// Puts tables together.
  ///
  /// @param at now, local time
  /// @param tables that nobody changes any more
  public static MruList of(NtpTimestamp at, List<MruTable> tables) {
    Map<InetAddress, MruEntry> all = new LinkedHashMap<>();
    PacketTally tally = new PacketTally();
    Use use = Use.NONE;
    for (MruTable table : tables) {
      table.entries().forEach(entry -> all.merge(entry.address(), entry, MruEntry::with));
      tally.add(table.tally());
      use = use.plus(table.use());
    }
    List<MruEntry> sorted = new ArrayList<>(all.values());
    // By age, for stamps carry no era; of the same age in the order in which they were found.
    sorted.sort(Comparator.comparing((MruEntry entry) -> at.minus(entry.last())).reversed());
    return new MruList(at, sorted, tally, use);
  }
}
