package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.ntp.host.HostInterface;

/// The values of `oper-status` that this agent tells apart (RFC 8343).
enum OperationalStatus {
  UP("up"),
  DOWN("down"),
  /// Switched on, but the device below it is not up.
  LOWER_LAYER_DOWN("lower-layer-down"),
  /// The host has no such device.
  NOT_PRESENT("not-present"),
  /// The agent cannot look into the network instance.
  UNKNOWN("unknown");

  private final String wire;

  OperationalStatus(String wire) {
    this.wire = wire;
  }

  static OperationalStatus of(HostInterface device, Layers layers) {
    if (device.isUp()) {
      return UP;
    }
    return device.isEnabled() && layers.isAllDownBelow(device) ? LOWER_LAYER_DOWN : DOWN;
  }

  /// The name in YANG.
  String wire() {
    return wire;
  }
}
