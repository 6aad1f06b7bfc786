package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames.Device;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the host's interfaces were when somebody looked last, and since when. Immutable.
///
/// @param start when the agent began to look
/// @param host as it was last
/// @param seen every interface of it
record InterfaceHistory(Instant start, HostNetwork host, Map<Device, Seen> seen) {
  /// One interface.
  ///
  /// @param index a device that comes anew has another one
  /// @param lastChange when it was noticed that the status is what it is; empty if it was so when
  ///   the network instance came into reach
  /// @param discontinuity from when on its counters go on without a break
  record Seen(
      int index, OperationalStatus status, Optional<Instant> lastChange, Instant discontinuity) {}

  InterfaceHistory {
    seen = Map.copyOf(seen);
  }

  /// Before anybody has looked.
  static InterfaceHistory beginning(Instant start) {
    return new InterfaceHistory(start, HostNetwork.UNKNOWN, Map.of());
  }

  /// What there is to say after another look.
  InterfaceHistory next(HostNetwork now, Instant time) {
    Map<Device, Seen> next = new HashMap<>();
    now.instances()
        .forEach(
            (instance, devices) -> {
              Layers layers = new Layers(devices);
              for (HostInterface device : devices) {
                Device key = new Device(instance, device.name());
                OperationalStatus status = OperationalStatus.of(device, layers);
                next.put(key, next(key, device.index(), status, time));
              }
            });
    return new InterfaceHistory(start, now, next);
  }

  private Seen next(Device key, int index, OperationalStatus status, Instant time) {
    @Nullable Seen before = seen.get(key);
    if (before == null && !host.instances().containsKey(key.networkInstance())) {
      // An instance that comes into reach may have been in reach before.
      Instant discontinuity = host.instances().isEmpty() ? start : time;
      return new Seen(index, status, Optional.empty(), discontinuity);
    }
    if (before == null || before.index() != index) {
      return new Seen(index, status, Optional.of(time), time);
    }
    return before.status() == status
        ? before
        : new Seen(index, status, Optional.of(time), before.discontinuity());
  }
}
