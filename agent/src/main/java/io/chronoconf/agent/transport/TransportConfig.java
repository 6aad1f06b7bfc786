package io.chronoconf.agent.transport;

import java.util.Map;

/// Everything that is to be listened on and called, by the names that the configuration gives it.
public record TransportConfig(
    Map<String, ListenConfig> endpoints, Map<String, CallHomeConfig> clients) {
  public static final TransportConfig NOTHING = new TransportConfig(Map.of(), Map.of());

  public TransportConfig {
    endpoints = Map.copyOf(endpoints);
    clients = Map.copyOf(clients);
  }
}
