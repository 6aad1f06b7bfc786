package io.chronoconf.agent.model.networkinstance;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A validated configuration to its network instances. Pure; any thread.
public final class NetworkInstanceReader {
  private static final ModuleNames INSTANCE =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-network-instance", "2019-01-21");
  private static final ModuleNames VPN = ModuleNames.of("urn:chronoconf:yang:vpn", "2026-11-23");

  /// The top-level node.
  static final QName ROOT = INSTANCE.name("network-instances");

  /// The list in it.
  static final QName ENTRY = INSTANCE.name("network-instance");

  private NetworkInstanceReader() {}

  /// All network instances, by name; the public network is none of them.
  ///
  /// @param root the schema's root
  public static List<NetworkInstance> read(NodeSchema root, ContainerNode config) {
    return ConfigCursor.of(root, config)
        .container(ROOT)
        .map(all -> all.list(ENTRY))
        .orElse(List.of())
        .stream()
        .map(NetworkInstanceReader::instance)
        .sorted(Comparator.comparing(NetworkInstance::name))
        .toList();
  }

  /// The host's names of the instances that are enabled, by their own names.
  ///
  /// @param root the schema's root
  public static Map<String, String> osNames(NodeSchema root, ContainerNode config) {
    return read(root, config).stream()
        .filter(NetworkInstance::isEnabled)
        .collect(Collectors.toUnmodifiableMap(NetworkInstance::name, NetworkInstance::osName));
  }

  private static NetworkInstance instance(ConfigCursor entry) {
    String name = entry.leaf(INSTANCE.name("name"), String.class).orElseThrow();
    return new NetworkInstance(
        name,
        entry.leaf(INSTANCE.name("enabled"), Boolean.class).orElseThrow(),
        entry
            .container(VPN.name("vpn-instance"))
            .flatMap(vpn -> vpn.leaf(VPN.name("os-name"), String.class))
            .orElse(name));
  }
}
