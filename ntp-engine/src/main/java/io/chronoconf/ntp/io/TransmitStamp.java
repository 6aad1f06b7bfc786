package io.chronoconf.ntp.io;

/// When a datagram left by the kernel's account, which is known only after it was sent.
///
/// @param socket it left by
/// @param number how many datagrams with a stamp went before it by that socket
/// @param rawNanos the host's oscillator when it left
record TransmitStamp(UdpSocket socket, long number, long rawNanos) {}
