package io.chronoconf.agent.model.networkinstance;

import io.chronoconf.agent.model.PathTable;

/// What of the schema the network instances stand for.
public final class NetworkInstancePaths {
  public static final PathTable TABLE =
      PathTable.of(
          "network-instances",
          """
          config /ni:network-instances/ni:network-instance/ccv:vpn-instance
                 /ni:network-instances/ni:network-instance/ccv:vpn-instance/ccv:os-name
                 /ni:network-instances/ni:network-instance/ni:enabled
                 /ni:network-instances/ni:network-instance/ni:name
          stored /ni:network-instances/ni:network-instance/ni:description
          """);

  private NetworkInstancePaths() {}
}
