package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.ccv;
import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.interfaces;
import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.ni;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceHistory.Seen;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames.Device;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The host's interfaces as the state of `/interfaces`. Used once, by one thread.
final class InterfacesWriter {
  private final InterfaceNames names;
  private final InterfaceHistory history;
  private final HostNetwork host;
  private final Map<String, Layers> layers = new HashMap<>();

  private InterfacesWriter(InterfaceNames names, InterfaceHistory history) {
    this.names = names;
    this.history = history;
    this.host = history.host();
  }

  /// @param root the schema's root
  /// @param names what is configured
  /// @param history what the host has, and since when
  static ContainerNode write(NodeSchema root, InterfaceNames names, InterfaceHistory history) {
    return StateBuilder.container(
        root, interfaces("interfaces"), new InterfacesWriter(names, history)::writeAll);
  }

  private void writeAll(StateBuilder to) {
    names
        .configured()
        .forEach(
            (name, device) ->
                to.entry(interfaces("interface"), entry -> writeConfigured(name, device, entry)));
    host.instances()
        .forEach(
            (instance, devices) ->
                devices.stream()
                    .filter(InterfacesWriter::isNameable)
                    .filter(one -> !names.isConfigured(new Device(instance, one.name())))
                    .forEach(
                        one ->
                            to.entry(
                                interfaces("interface"),
                                entry -> writeUnconfigured(instance, one, entry))));
  }

  // The kernel takes control characters in names; XML does not.
  private static boolean isNameable(HostInterface device) {
    return device.name().codePoints().noneMatch(InterfacesWriter::isOutsideXml);
  }

  private static boolean isOutsideXml(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0xfffe
        || codePoint == 0xffff;
  }

  private void writeConfigured(String name, Device device, StateBuilder to) {
    to.leaf(interfaces("name"), name);
    String instance = device.networkInstance();
    Optional<HostInterface> found = host.find(instance, device.name());
    if (found.isPresent()) {
      writeState(instance, found.get(), to);
    } else {
      to.leaf(
          interfaces("oper-status"),
          host.instances().containsKey(instance)
              ? OperationalStatus.NOT_PRESENT.wire()
              : OperationalStatus.UNKNOWN.wire());
    }
  }

  /// What an entry would have to say to mean this device is written too.
  private void writeUnconfigured(String instance, HostInterface device, StateBuilder to) {
    String name = names.name(new Device(instance, device.name()));
    to.leaf(interfaces("name"), name);
    to.leaf(interfaces("type"), InterfaceTypes.of(device));
    to.leaf(interfaces("enabled"), device.isEnabled());
    if (!instance.equals(InterfaceNames.PUBLIC)) {
      to.leaf(ni("bind-ni-name"), instance);
    }
    if (!name.equals(device.name())) {
      to.leaf(ccv("device-name"), device.name());
    }
    writeState(instance, device, to);
  }

  private void writeState(String instance, HostInterface device, StateBuilder to) {
    Seen seen = Objects.requireNonNull(history.seen().get(new Device(instance, device.name())));
    to.leaf(interfaces("oper-status"), seen.status().wire());
    to.leaf(interfaces("last-change"), seen.lastChange().map(InterfacesWriter::time));
    // The kernel gives the loopback device one of zeros.
    if (!device.physicalAddress().isEmpty() && !device.isLoopback()) {
      to.leaf(interfaces("phys-address"), device.physicalAddress());
    }
    Layers around = layers.computeIfAbsent(instance, it -> new Layers(host.of(it)));
    to.leafList(interfaces("higher-layer-if"), names(instance, around.above(device)));
    to.leafList(interfaces("lower-layer-if"), names(instance, around.below(device)));
    to.container(
        interfaces("statistics"),
        counters -> writeCounters(device.statistics(), seen.discontinuity(), counters));
    AddressesWriter.write(device, to);
  }

  private List<String> names(String instance, List<HostInterface> devices) {
    return devices.stream()
        .filter(InterfacesWriter::isNameable)
        .map(one -> names.name(new Device(instance, one.name())))
        .toList();
  }

  private static void writeCounters(
      HostInterface.Statistics counters, Instant discontinuity, StateBuilder to) {
    to.leaf(interfaces("discontinuity-time"), time(discontinuity));
    to.leaf(interfaces("in-octets"), Uint64.fromLongBits(counters.receivedOctets()));
    to.leaf(interfaces("in-multicast-pkts"), Uint64.fromLongBits(counters.receivedMulticasts()));
    to.leaf(interfaces("in-discards"), wrapping(counters.receivedDrops()));
    to.leaf(interfaces("in-errors"), wrapping(counters.receivedErrors()));
    to.leaf(interfaces("out-octets"), Uint64.fromLongBits(counters.sentOctets()));
    to.leaf(interfaces("out-discards"), wrapping(counters.sentDrops()));
    to.leaf(interfaces("out-errors"), wrapping(counters.sentErrors()));
  }

  // The kernel's counters have 64 bits, these leaves 32.
  private static Uint32 wrapping(long count) {
    return Uint32.fromIntBits((int) count);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
