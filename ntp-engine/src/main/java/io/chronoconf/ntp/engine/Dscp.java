package io.chronoconf.ntp.engine;

/// The differentiated services code point of every packet that is sent.
///
/// @param ipv4 0 to 63
/// @param ipv6 0 to 63
public record Dscp(int ipv4, int ipv6) {
  /// As long as nobody says otherwise: network control.
  public static final Dscp STANDARD = new Dscp(48, 56);

  /// The code point stands in the upper six bits of the octet.
  private static final int SHIFT = 2;

  /// The octet of the header.
  public int trafficClass(boolean isIpv4) {
    return (isIpv4 ? ipv4 : ipv6) << SHIFT;
  }
}
