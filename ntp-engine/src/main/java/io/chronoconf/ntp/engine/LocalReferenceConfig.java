package io.chronoconf.ntp.engine;

import java.net.Inet4Address;

/// The local clock as a reference source (RFC 9249 `refclock-master`).
///
/// @param address 127.127.1.u
/// @param stratum the stratum this system then has, 1 to 15
public record LocalReferenceConfig(Inet4Address address, int stratum) {}
