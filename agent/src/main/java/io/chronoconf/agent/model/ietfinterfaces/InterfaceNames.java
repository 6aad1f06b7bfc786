package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.ccv;
import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.interfaces;
import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.ni;

import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Which device of the host the name of an interface means, and back. A configured entry is a
/// reference: it means the device that `device-name` names, or one of its own name, in the network
/// instance that `bind-ni-name` names, or in the public network. Devices without an entry are
/// called by their own name in the public network and `INSTANCE:DEVICE` elsewhere. Immutable; any
/// thread.
public final class InterfaceNames {
  /// No interface is configured.
  public static final InterfaceNames NONE = new InterfaceNames(new TreeMap<>());

  /// The public network, as [HostNetwork] calls it.
  public static final String PUBLIC = "";

  // A network instance cannot have this name, see chronoconf-deviations.
  private static final String PUBLIC_IN_NAMES = "public";

  private final SortedMap<String, Device> devices;
  private final Map<Device, String> names = new HashMap<>();
  private final List<Twins> twins = new ArrayList<>();

  /// A device of the host, which need not exist.
  ///
  /// @param networkInstance where it is; empty for the public network
  /// @param name there
  public record Device(String networkInstance, String name) {}

  /// Two entries that mean one device.
  record Twins(String first, String second, Device device) {}

  private InterfaceNames(SortedMap<String, Device> devices) {
    this.devices = Collections.unmodifiableSortedMap(devices);
    devices.forEach(
        (name, device) -> {
          String other = names.putIfAbsent(device, name);
          if (other != null) {
            twins.add(new Twins(other, name, device));
          }
        });
  }

  /// The names that a configuration gives.
  ///
  /// @param root the schema's root
  public static InterfaceNames of(NodeSchema root, ContainerNode config) {
    SortedMap<String, Device> devices = new TreeMap<>();
    ConfigCursor all =
        ConfigCursor.of(root, config).container(interfaces("interfaces")).orElseThrow();
    for (ConfigCursor entry : all.list(interfaces("interface"))) {
      String name = entry.leaf(interfaces("name"), String.class).orElseThrow();
      devices.put(
          name,
          new Device(
              entry.leaf(ni("bind-ni-name"), String.class).orElse(PUBLIC),
              entry.leaf(ccv("device-name"), String.class).orElse(name)));
    }
    return new InterfaceNames(devices);
  }

  /// What the configured entries mean, by name.
  public SortedMap<String, Device> configured() {
    return devices;
  }

  /// What a configured entry means; empty if there is no entry of that name.
  public Optional<Device> device(String interfaceName) {
    return Optional.ofNullable(devices.get(interfaceName));
  }

  /// Whether an entry means that device.
  public boolean isConfigured(Device device) {
    return names.containsKey(device);
  }

  /// The interface of a name, configured or not, if the host has it now.
  public Optional<HostInterface> find(HostNetwork host, String interfaceName) {
    Optional<Device> configured = device(interfaceName);
    if (configured.isPresent()) {
      return configured.flatMap(device -> host.find(device.networkInstance(), device.name()));
    }
    return host.instances().entrySet().stream()
        .flatMap(
            instance ->
                instance.getValue().stream()
                    .filter(
                        one ->
                            name(new Device(instance.getKey(), one.name())).equals(interfaceName)))
        .findFirst();
  }

  /// What a device is called.
  public String name(Device device) {
    String configured = names.get(device);
    if (configured != null) {
      return configured;
    }
    boolean isPublic = device.networkInstance().equals(PUBLIC);
    if (isPublic && !devices.containsKey(device.name())) {
      return device.name();
    }
    // Device names have no colon, so two devices never get one name here.
    String name = (isPublic ? PUBLIC_IN_NAMES : device.networkInstance()) + ":" + device.name();
    while (devices.containsKey(name)) {
      name += ":";
    }
    return name;
  }

  /// What the device of an index is called; empty if the host has none in that instance.
  ///
  /// @param networkInstance empty for the public network
  /// @param index the kernel's number
  public Optional<String> name(HostNetwork host, String networkInstance, int index) {
    return host.find(networkInstance, index)
        .map(found -> name(new Device(networkInstance, found.name())));
  }

  /// Entries that mean a device which an earlier one means already.
  List<Twins> twins() {
    return List.copyOf(twins);
  }
}
