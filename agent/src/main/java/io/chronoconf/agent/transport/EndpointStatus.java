package io.chronoconf.agent.transport;

import java.util.Optional;

/// What has become of an endpoint or a client.
///
/// @param state what it does now
/// @param where the address that is listened on or connected to, such as `192.0.2.1:6513`
/// @param connections made so far; for a listener always 0
/// @param lastError why the last try failed; empty after one that did not
public record EndpointStatus(
    State state, Optional<String> where, long connections, Optional<String> lastError) {
  /// The values of the leaf `state`.
  public enum State {
    LISTENING("listening"),
    FAILED("failed"),
    CONNECTING("connecting"),
    CONNECTED("connected"),
    WAITING("waiting");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }
}
