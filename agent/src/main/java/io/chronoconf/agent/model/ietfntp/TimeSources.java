package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where time comes from and goes to: everything that makes an association.
///
/// @param localReferences local clocks as sources
/// @param associations the configured ones with an address, each key once
/// @param hosts servers and peers by name
record TimeSources(
    List<LocalReferenceConfig> localReferences,
    List<AssociationConfig> associations,
    List<HostConfig> hosts) {
  static final TimeSources NONE = new TimeSources(List.of(), List.of(), List.of());

  TimeSources {
    localReferences = List.copyOf(localReferences);
    associations = List.copyOf(associations);
    hosts = List.copyOf(hosts);
    if (byKey(associations).size() != associations.size()) {
      throw new IllegalArgumentException("an association key stands twice");
    }
  }

  /// The associations by what tells them apart, in their order.
  Map<AssociationKey, AssociationConfig> byKey() {
    return byKey(associations);
  }

  private static Map<AssociationKey, AssociationConfig> byKey(List<AssociationConfig> configs) {
    Map<AssociationKey, AssociationConfig> map = new LinkedHashMap<>();
    configs.forEach(config -> map.put(config.key(), config));
    return map;
  }
}
