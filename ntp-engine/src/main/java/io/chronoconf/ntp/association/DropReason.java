package io.chronoconf.ntp.association;

/// Why a packet was of no use; each names the test or rule of RFC 5905 it stands for.
public enum DropReason {
  /// Not an NTP packet: too short, too long, bad version or trailing fields (section 7.3, RFC
  /// 7822).
  MALFORMED("format"),
  /// TEST1: the server's transmit stamp was seen before.
  DUPLICATE("TEST1"),
  /// TEST2: the origin is not what we sent last; also an answer that comes a second time.
  BOGUS("TEST2"),
  /// TEST3: the receive or the transmit stamp is zero.
  ZERO_STAMP("TEST3"),
  /// TEST4: access denied.
  ACCESS("TEST4"),
  /// TEST5: authentication failed.
  AUTHENTICATION("TEST5"),
  /// TEST6: the server is not synchronized.
  UNSYNCHRONIZED("TEST6"),
  /// TEST7: the root distance or the reference stamp is impossible.
  BAD_HEADER("TEST7"),
  /// A stratum that may not be followed.
  STRATUM("section 11.2.1 accept"),
  /// A kiss-o'-death packet, which carries no time (section 7.4).
  KISS("section 7.4"),
  /// A mode that nothing here expects (figure 20, DSCRD and ERR).
  MODE("figure 20"),
  /// Comes from another address or port than the association's.
  WRONG_SOURCE("figure 20, no match"),
  /// Sent to a broadcast or multicast address, where a client's request is not answered.
  NOT_UNICAST("section 9.2"),
  /// The interface takes no NTP packets.
  INBOUND("guide, inbound"),
  /// There are enough associations already.
  LIMIT("guide, dynamic associations"),
  /// One who asks too often.
  RATE("RFC 8633 section 3.4"),
  /// Too near to a leap second: one side may have leapt and the other not.
  LEAP_SECOND("RFC 8633 section 3.7"),
  /// The service is off.
  NO_SERVICE("service");

  private final String rule;

  DropReason(String rule) {
    this.rule = rule;
  }

  /// The test or section of RFC 5905.
  public String rule() {
    return rule;
  }
}
