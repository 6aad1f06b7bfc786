package io.chronoconf.ntp.control;

import java.net.InetAddress;

/// Addresses as control messages tell them: IPv6 in the short form of RFC 5952, without a zone.
public final class AddressText {
  private static final int IPV6_GROUPS = 8;

  private AddressText() {}

  /// Such as `192.0.2.1` and `2001:db8::1`.
  public static String of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 2 * IPV6_GROUPS ? ipv6(octets) : address.getHostAddress();
  }

  /// Such as `192.0.2.1:123` and `[2001:db8::1]:123`.
  public static String of(InetAddress address, int port) {
    String text = of(address);
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
  }

  private static String ipv6(byte[] octets) {
    int[] groups = new int[IPV6_GROUPS];
    for (int i = 0; i < IPV6_GROUPS; i++) {
      groups[i] = (octets[2 * i] & 0xff) << Byte.SIZE | (octets[2 * i + 1] & 0xff);
    }
    int longest = 0;
    int start = IPV6_GROUPS;
    for (int i = 0; i < IPV6_GROUPS; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > longest && zeros > 1) {
        longest = zeros;
        start = i;
      }
    }
    if (longest == 0) {
      return joined(groups, 0, IPV6_GROUPS);
    }
    return joined(groups, 0, start) + "::" + joined(groups, start + longest, IPV6_GROUPS);
  }

  private static int zerosFrom(int[] groups, int from) {
    int end = from;
    while (end < IPV6_GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String joined(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
