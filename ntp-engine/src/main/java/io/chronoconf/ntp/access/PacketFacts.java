package io.chronoconf.ntp.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What access control lists see of a packet that arrived. Immutable; addresses are numbers, so
/// that to ask a list allocates nothing.
///
/// @param isIpv4 otherwise IPv6
/// @param sourceHigh the first 64 bits of the address it comes from; an IPv4 address is the upper
///   half of them
/// @param sourceLow the other 64 bits; 0 for IPv4
/// @param sourcePort UDP port it comes from
/// @param localHigh the first 64 bits of the address of ours that it was sent to
/// @param localLow the other 64 bits
/// @param localPort our UDP port that it was sent to
/// @param trafficClass the octet with DSCP (upper six bits) and ECN; 0 if not known
public record PacketFacts(
    boolean isIpv4,
    long sourceHigh,
    long sourceLow,
    int sourcePort,
    long localHigh,
    long localLow,
    int localPort,
    int trafficClass) {
  private static final int HALF = Long.BYTES;

  /// Of a packet with these addresses.
  ///
  /// @param source where the packet comes from
  /// @param local the address of ours that it was sent to
  /// @param localPort our port that it was sent to
  /// @param trafficClass type of service or traffic class, 0 to 255
  public static PacketFacts of(
      InetSocketAddress source, InetAddress local, int localPort, int trafficClass) {
    InetAddress remote = source.getAddress();
    byte[] from = remote.getAddress();
    byte[] to = local.getAddress();
    return new PacketFacts(
        remote instanceof Inet4Address,
        high(from),
        low(from),
        source.getPort(),
        high(to),
        low(to),
        localPort,
        trafficClass);
  }

  static long high(byte[] address) {
    return bits(address, 0);
  }

  static long low(byte[] address) {
    return bits(address, HALF);
  }

  /// Eight octets as a number; those that an IPv4 address does not have are 0.
  private static long bits(byte[] address, int from) {
    long bits = 0;
    for (int i = from; i < from + HALF; i++) {
      bits = (bits << Byte.SIZE) | (i < address.length ? address[i] & 0xff : 0);
    }
    return bits;
  }
}
