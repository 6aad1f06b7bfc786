package io.chronoconf.ntp.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which right a remote device has, by the five rules of the guide. Immutable; any thread.
///
/// @param ipv4 for IPv4 packets
/// @param ipv6 for IPv6 packets
/// @param controlQueries whether control queries are answered
public record AccessRules(Family ipv4, Family ipv6, ControlQueryPolicy controlQueries) {
  /// Everybody may do everything.
  public static final AccessRules NONE =
      new AccessRules(
          new Family(Map.of()), new Family(Map.of()), ControlQueryPolicy.BY_ACCESS_RIGHT);

  /// Whether control queries (mode 6) are answered.
  public enum ControlQueryPolicy {
    BY_ACCESS_RIGHT,
    DENY,
    ALLOW
  }

  /// The rights of one address family.
  public static final class Family {
    private final Map<AccessRight, Optional<AccessList>> lists;
    // In the order in which they are tried; without those that grant nothing to anybody.
    private final List<Map.Entry<AccessRight, AccessList>> existing;

    /// @param lists of the rights for which one is named; empty for one that does not exist
    public Family(Map<AccessRight, Optional<AccessList>> lists) {
      this.lists = Map.copyOf(lists);
      this.existing =
          Stream.of(AccessRight.values())
              .flatMap(
                  right ->
                      lists.getOrDefault(right, Optional.empty()).stream()
                          .map(list -> Map.entry(right, list)))
              .toList();
    }

    // Nothing is named, or nothing that is named exists: everybody has the highest right. One loop
    // and no object: it is asked for every packet.
    @Nullable AccessRight granted(PacketFacts packet) {
      if (existing.isEmpty()) {
        return AccessRight.PEER;
      }
      for (int i = 0; i < existing.size(); i++) {
        if (existing.get(i).getValue().permits(packet)) {
          return existing.get(i).getKey();
        }
      }
      return null;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Family family && lists.equals(family.lists);
    }

    @Override
    public int hashCode() {
      return lists.hashCode();
    }

    @Override
    public String toString() {
      return lists.toString();
    }
  }

  /// The highest right that the sender of a packet has; empty if it has none.
  ///
  /// @param packet that it sent
  public Optional<AccessRight> granted(PacketFacts packet) {
    return Optional.ofNullable(right(packet));
  }

  private @Nullable AccessRight right(PacketFacts packet) {
    return (packet.isIpv4() ? ipv4 : ipv6).granted(packet);
  }

  /// Whether it may be a source of ours.
  public boolean maySynchronizeUs(PacketFacts packet) {
    AccessRight right = right(packet);
    return right != null && right.maySynchronizeUs();
  }

  /// Whether it may take time from us.
  public boolean mayTakeTime(PacketFacts packet) {
    AccessRight right = right(packet);
    return right != null && right.mayTakeTime();
  }

  /// Whether its control queries are answered.
  public boolean mayQuery(PacketFacts packet) {
    return switch (controlQueries) {
      case ALLOW -> true;
      case DENY -> false;
      case BY_ACCESS_RIGHT -> {
        AccessRight right = right(packet);
        yield right != null && right.mayQuery();
      }
    };
  }
}
