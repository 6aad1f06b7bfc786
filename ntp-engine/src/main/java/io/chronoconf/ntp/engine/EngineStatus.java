package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.time.Now;
import java.util.List;

/// All that management can see, at one moment.
///
/// @param at the moment
/// @param system the system variables
/// @param associations in the order of their identifiers
/// @param counters of all packets, those of no association included
/// @param degraded what the environment refuses just now (port taken, clock not settable), one
///   sentence each with the remedy
public record EngineStatus(
    Now at,
    SystemStatus system,
    List<AssociationStatus> associations,
    PacketCounters counters,
    List<String> degraded) {
  public EngineStatus {
    associations = List.copyOf(associations);
    degraded = List.copyOf(degraded);
  }
}
