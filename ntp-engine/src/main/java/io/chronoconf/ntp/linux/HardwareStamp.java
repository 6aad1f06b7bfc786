package io.chronoconf.ntp.linux;

/// When network hardware saw a datagram.
///
/// @param nanos reading of the hardware's clock, see [HardwareClock]
/// @param interfaceIndex whose hardware it was; 0 if the kernel does not tell
public record HardwareStamp(long nanos, int interfaceIndex) {}
