package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.agent.model.PathTable;

/// What of the schema the interfaces stand for.
public final class InterfacePaths {
  public static final PathTable TABLE =
      PathTable.of(
          "interfaces",
          """
          config /if:interfaces/if:interface/ccv:device-name
                 /if:interfaces/if:interface/if:name
                 /if:interfaces/if:interface/ni:bind-ni-name
          stored /if:interfaces/if:interface/if:description
                 /if:interfaces/if:interface/if:enabled
                 /if:interfaces/if:interface/if:type
          state  /if:interfaces/if:interface/if:higher-layer-if
                 /if:interfaces/if:interface/if:last-change
                 /if:interfaces/if:interface/if:lower-layer-if
                 /if:interfaces/if:interface/if:oper-status
                 /if:interfaces/if:interface/if:phys-address
                 /if:interfaces/if:interface/if:statistics/if:discontinuity-time
                 /if:interfaces/if:interface/if:statistics/if:in-discards
                 /if:interfaces/if:interface/if:statistics/if:in-errors
                 /if:interfaces/if:interface/if:statistics/if:in-multicast-pkts
                 /if:interfaces/if:interface/if:statistics/if:in-octets
                 /if:interfaces/if:interface/if:statistics/if:out-discards
                 /if:interfaces/if:interface/if:statistics/if:out-errors
                 /if:interfaces/if:interface/if:statistics/if:out-octets
                 /if:interfaces/if:interface/ip:ipv4
                 /if:interfaces/if:interface/ip:ipv4/ip:address/ip:ip
                 /if:interfaces/if:interface/ip:ipv4/ip:address/ip:prefix-length
                 /if:interfaces/if:interface/ip:ipv4/ip:enabled
                 /if:interfaces/if:interface/ip:ipv4/ip:mtu
                 /if:interfaces/if:interface/ip:ipv6
                 /if:interfaces/if:interface/ip:ipv6/ip:address/ip:ip
                 /if:interfaces/if:interface/ip:ipv6/ip:address/ip:prefix-length
                 /if:interfaces/if:interface/ip:ipv6/ip:address/ip:status
                 /if:interfaces/if:interface/ip:ipv6/ip:enabled
          """);

  private InterfacePaths() {}
}
