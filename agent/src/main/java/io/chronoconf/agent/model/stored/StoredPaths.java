package io.chronoconf.agent.model.stored;

import io.chronoconf.agent.model.PathTable;

/// Configuration that is kept for others to refer to; it has no effect of its own.
public final class StoredPaths {
  public static final PathTable TABLE =
      PathTable.of(
          "stored",
          """
          stored
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:actions/acl:forwarding
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:actions/acl:logging
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:egress-interface
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ingress-interface
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:destination-ipv4-network
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:dscp
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:ecn
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:flags
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:identification
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:ihl
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:length
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:offset
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:protocol
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:source-ipv4-network
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv4/acl:ttl
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:destination-ipv6-network
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:dscp
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:ecn
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:flow-label
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:length
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:protocol
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:source-ipv6-network
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:ipv6/acl:ttl
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:destination-port/acl:lower-port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:destination-port/acl:operator
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:destination-port/acl:port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:destination-port/acl:upper-port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:length
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:source-port/acl:lower-port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:source-port/acl:operator
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:source-port/acl:port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:matches/acl:udp/acl:source-port/acl:upper-port
            /acl:acls/acl:acl/acl:aces/acl:ace/acl:name
            /acl:acls/acl:acl/acl:name
            /acl:acls/acl:acl/acl:type
          """);

  private StoredPaths() {}
}
