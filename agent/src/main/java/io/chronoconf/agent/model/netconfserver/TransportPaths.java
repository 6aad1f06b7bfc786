package io.chronoconf.agent.model.netconfserver;

import io.chronoconf.agent.model.PathTable;

/// What of the schema the transports of NETCONF stand for.
public final class TransportPaths {
  public static final PathTable TABLE =
      PathTable.of(
          "transports",
          """
          config /ccns:netconf-server/ccns:max-sessions-per-user
                 /ccns:netconf-server/ccns:tls
                 /ccns:netconf-server/ccns:tls/ccns:server-certificate
                 /ccns:netconf-server/ccns:tls/ccns:private-key
                 /ccns:netconf-server/ccns:tls/ccns:client-authority/ccns:name
                 /ccns:netconf-server/ccns:tls/ccns:client-authority/ccns:certificate
                 /ccns:netconf-server/ccns:tls/ccns:cert-maps/ccns:cert-to-name/ccns:id
                 /ccns:netconf-server/ccns:tls/ccns:cert-maps/ccns:cert-to-name/ccns:fingerprint
                 /ccns:netconf-server/ccns:tls/ccns:cert-maps/ccns:cert-to-name/ccns:map-type
                 /ccns:netconf-server/ccns:tls/ccns:cert-maps/ccns:cert-to-name/ccns:name
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:name
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:transport
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:address
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:port
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:name
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:transport
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:endpoint/ccns:name
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:endpoint/ccns:address
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:endpoint/ccns:port
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:periodic
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:periodic/ccns:period
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:reconnect-strategy/ccns:start-with
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:reconnect-strategy/ccns:max-wait
          state  /ccns:netconf-server/ccns:tls/ccns:certificate-expires
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:state
                 /ccns:netconf-server/ccns:listen/ccns:endpoint/ccns:last-error
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:state
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:connected-to
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:connections
                 /ccns:netconf-server/ccns:call-home/ccns:client/ccns:last-error
          """);

  private TransportPaths() {}
}
