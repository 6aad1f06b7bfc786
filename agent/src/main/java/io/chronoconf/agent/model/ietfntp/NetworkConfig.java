package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import java.util.List;
import java.util.Map;

/// Where packets are sent and received.
///
/// @param instances network instances in use, and what the operating system calls each
/// @param interfaces what is configured of interfaces, each device once
/// @param source the usual source of packets
record NetworkConfig(
    Map<String, String> instances, List<InterfaceConfig> interfaces, SourceConfig source) {
  static final NetworkConfig NONE = new NetworkConfig(Map.of(), List.of(), SourceConfig.NONE);

  NetworkConfig {
    instances = Map.copyOf(instances);
    interfaces = List.copyOf(interfaces);
  }
}
