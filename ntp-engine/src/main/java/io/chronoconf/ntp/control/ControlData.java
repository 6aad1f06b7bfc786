package io.chronoconf.ntp.control;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.mru.MruList;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What control queries can read, at one moment.
///
/// @param at the moment, local time
/// @param status system status word (RFC 9327 section 3.1)
/// @param system system variables, made only if they are asked for
/// @param peers associations by their 16-bit identifiers
/// @param clients who was heard lately
/// @param access what they may do
public record ControlData(
    NtpTimestamp at,
    int status,
    Supplier<Variables> system,
    SortedMap<Integer, Peer> peers,
    MruList clients,
    AccessRules access) {
  public ControlData {
    peers = new TreeMap<>(peers);
  }

  /// Variables by name, in the order in which they are told.
  ///
  /// @param usual what is told to who asks for nothing in particular
  /// @param special what is told only by name
  public record Variables(Map<String, String> usual, Map<String, String> special) {
    Optional<String> find(String name) {
      String value = usual.get(name);
      return Optional.ofNullable(value == null ? special.get(name) : value);
    }
  }

  /// One association.
  ///
  /// @param status peer status word (RFC 9327 section 3.2)
  /// @param variables made only if they are asked for
  /// @param clock clock variables of one that stands for a clock of this system
  public record Peer(
      int status, Supplier<Variables> variables, Optional<Map<String, String>> clock) {}
}
