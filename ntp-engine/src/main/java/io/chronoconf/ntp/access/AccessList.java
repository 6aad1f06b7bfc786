package io.chronoconf.ntp.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// An access control list of RFC 8519, as far as packets of NTP can be told apart by it. Immutable.
///
/// @param entries in the order in which they are asked; the first that matches decides
public record AccessList(List<Entry> entries) {
  public AccessList {
    entries = List.copyOf(entries);
  }

  /// One entry; what is empty matches everything.
  ///
  /// @param permits `accept`; otherwise `drop` or `reject`
  /// @param source where a packet comes from
  /// @param destination the address of ours that it was sent to
  public record Entry(boolean permits, Optional<Prefix> source, Optional<Prefix> destination) {
    boolean matches(InetAddress from, InetAddress to) {
      return (source.isEmpty() || source.get().contains(from))
          && (destination.isEmpty() || destination.get().contains(to));
    }
  }

  /// Whether it lets a packet pass. What no entry matches does not pass.
  public boolean permits(InetAddress from, InetAddress to) {
    for (Entry entry : entries) {
      if (entry.matches(from, to)) {
        return entry.permits();
      }
    }
    return false;
  }
}
