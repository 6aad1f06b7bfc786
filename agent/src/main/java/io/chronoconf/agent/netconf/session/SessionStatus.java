package io.chronoconf.agent.netconf.session;

import java.time.Instant;

/// A session as ietf-netconf-monitoring shows it (RFC 6022 section 2.1.4).
///
/// @param protocol an identity of ietf-netconf-monitoring, such as `netconf-ssh`
public record SessionStatus(
    long sessionId,
    String protocol,
    String user,
    String sourceHost,
    Instant loginTime,
    SessionCounters counters) {}
