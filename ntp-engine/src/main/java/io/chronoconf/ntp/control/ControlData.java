package io.chronoconf.ntp.control;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What control queries can read, at one moment.
///
/// @param status system status word (RFC 9327 section 3.1)
/// @param system system variables, in the order in which they are told
/// @param peers associations by their 16-bit identifiers
public record ControlData(int status, Map<String, String> system, SortedMap<Integer, Peer> peers) {
  public ControlData {
    peers = new TreeMap<>(peers);
  }

  /// One association.
  ///
  /// @param status peer status word (RFC 9327 section 3.2)
  /// @param variables in the order in which they are told
  public record Peer(int status, Map<String, String> variables) {}
}
