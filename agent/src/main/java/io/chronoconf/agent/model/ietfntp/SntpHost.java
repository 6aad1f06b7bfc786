package io.chronoconf.agent.model.ietfntp;

/// A server of `/system/ntp` that is given by name.
///
/// @param name a domain name
/// @param port UDP port of the server
/// @param iburst begin with a burst
/// @param prefer first choice among equals
/// @param addresses of the name's addresses, so many are asked: 1, or more of a pool
record SntpHost(String name, int port, boolean iburst, boolean prefer, int addresses) {}
