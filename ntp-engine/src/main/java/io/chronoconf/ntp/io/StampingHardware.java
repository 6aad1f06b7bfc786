package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.Errno;
import io.chronoconf.ntp.linux.HardwareClock;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.StampCalls;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network hardware of this host that stamps packets: switches it on where it is found and
/// keeps reading its clocks. One thread, except for what it is asked as [HardwareStamps].
final class StampingHardware {
  private static final Logger LOG = LoggerFactory.getLogger(StampingHardware.class);

  /// Plain devices, and the ports of a switch. What is made of others has no hardware of its own.
  private static final Set<String> KINDS = Set.of("", "dsa");

  private final StampCalls calls;
  private final StampSwitch stampSwitch;
  private final Instances instances;
  private final RawSource source;
  private final Map<Place, StampSwitch.Outcome> devices = new HashMap<>();
  private final Map<Integer, Clock> clocks = new HashMap<>();
  private final Set<Integer> refusedClocks = new HashSet<>();
  private volatile Map<Place, ClockLine> lines = Map.of();

  /// A device by its network namespace.
  private record Place(String namespace, int interfaceIndex) {}

  private record Clock(HardwareClock clock, ClockComparison comparison) {}

  StampingHardware(StampCalls calls, Instances instances, RawSource source) {
    this.calls = calls;
    this.stampSwitch = new StampSwitch(calls);
    this.instances = instances;
    this.source = source;
  }

  /// See [HardwareStamps#isOn]. Any thread.
  boolean isOn() {
    return !lines.isEmpty();
  }

  /// See [HardwareStamps#toRaw]. Any thread.
  OptionalLong toRaw(String namespace, int interfaceIndex, long stampNanos) {
    ClockLine line = lines.get(new Place(namespace, interfaceIndex));
    return line == null ? OptionalLong.empty() : line.toRaw(stampNanos);
  }

  /// Whether there are clocks to be read.
  boolean hasClocks() {
    return !clocks.isEmpty();
  }

  /// Switches on what is new and forgets what is gone.
  void look(HostNetwork network) {
    Map<Place, StampSwitch.Outcome> found = new HashMap<>();
    network.instances().forEach((instance, all) -> found.putAll(look(instance, all)));
    devices.clear();
    devices.putAll(found);
    Set<Integer> wanted = new HashSet<>();
    devices.values().forEach(outcome -> clockOf(outcome).ifPresent(wanted::add));
    List.copyOf(clocks.keySet()).stream()
        .filter(index -> !wanted.contains(index))
        .forEach(this::close);
    wanted.forEach(this::open);
    publish();
  }

  private Map<Place, StampSwitch.Outcome> look(String instance, List<HostInterface> all) {
    List<HostInterface> plain =
        all.stream()
            .filter(one -> one.isEnabled() && !one.isLoopback() && KINDS.contains(one.kind()))
            .toList();
    Map<Place, StampSwitch.Outcome> found = new HashMap<>();
    if (plain.isEmpty()) {
      return found;
    }
    String namespace = instances.device(instance).isPresent() ? "" : instance;
    try {
      Map<HostInterface, StampSwitch.Outcome> outcomes =
          instances.in(instance, () -> switchOn(plain));
      outcomes.forEach(
          (device, outcome) -> {
            Place place = new Place(namespace, device.index());
            found.put(place, outcome);
            tell(device, instance, outcome, devices.get(place));
          });
    } catch (IOException gone) {
      LOG.debug("network instance {}: {}", instance, gone.getMessage());
    }
    return found;
  }

  private Map<HostInterface, StampSwitch.Outcome> switchOn(List<HostInterface> all) {
    Map<HostInterface, StampSwitch.Outcome> outcomes = new HashMap<>();
    all.forEach(device -> outcomes.put(device, stampSwitch.switchOn(device.name())));
    return outcomes;
  }

  /// One line for each device, until something changes.
  private static void tell(
      HostInterface device,
      String instance,
      StampSwitch.Outcome outcome,
      StampSwitch.@Nullable Outcome before) {
    if (before != null && before.getClass().equals(outcome.getClass())) {
      return;
    }
    String where = instance.isEmpty() ? "" : " of " + instance;
    switch (outcome) {
      case StampSwitch.On on -> LOG.info("{}{}: {}", device.name(), where, on.text());
      case StampSwitch.Without without ->
          LOG.info("{}{}: {}", device.name(), where, without.text());
      case StampSwitch.Refused refused ->
          LOG.warn("{}{}: {}", device.name(), where, refused.text());
    }
  }

  private void open(int index) {
    if (clocks.containsKey(index)) {
      return;
    }
    try {
      clocks.put(index, new Clock(calls.clock(index), new ClockComparison()));
      refusedClocks.remove(index);
    } catch (LinuxException refused) {
      if (refusedClocks.add(index)) {
        LOG.warn(
            "stamps by the kernel: the hardware's clock /dev/ptp{} cannot be opened: {}{}",
            index,
            refused.getMessage(),
            refused.is(Errno.EACCES) ? "; let the agent read that file" : "");
      }
    }
  }

  private void close(int index) {
    Clock clock = clocks.remove(index);
    if (clock != null) {
      clock.clock.close();
    }
  }

  /// Reads all clocks; to be done every second.
  void read() {
    List.copyOf(clocks.keySet()).forEach(this::read);
    publish();
  }

  private void read(int index) {
    Clock clock = clocks.get(index);
    if (clock == null) {
      return;
    }
    try {
      // A slow reading is left out: the line still holds for a while.
      ClockReading.take(clock.clock, source).ifPresent(clock.comparison::add);
    } catch (LinuxException gone) {
      LOG.warn("stamps by the kernel: /dev/ptp{} is gone: {}", index, gone.getMessage());
      close(index);
    }
  }

  private void publish() {
    Map<Place, ClockLine> known = new HashMap<>();
    devices.forEach(
        (place, outcome) ->
            clockOf(outcome)
                .flatMap(index -> Optional.ofNullable(clocks.get(index)))
                .flatMap(clock -> clock.comparison.line())
                .ifPresent(line -> known.put(place, line)));
    lines = Map.copyOf(known);
  }

  private static Optional<Integer> clockOf(StampSwitch.Outcome outcome) {
    return outcome instanceof StampSwitch.On on ? Optional.of(on.clockIndex()) : Optional.empty();
  }

  void close() {
    List.copyOf(clocks.keySet()).forEach(this::close);
    devices.clear();
    publish();
  }
}
