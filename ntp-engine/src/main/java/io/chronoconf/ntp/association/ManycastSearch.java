package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.PollExponent;

/// How servers are looked for in a group (RFC 5905 section 3.1, RFC 9249 `manycast-client`). The
/// packets of a search reach further and further until enough servers survive the selection.
///
/// @param enough survivors of the selection that end the search (MINCLOCK)
/// @param most associations that one search may form (MAXCLOCK)
/// @param beacon the longest interval between packets while nothing is found
/// @param reach the greatest time to live of its packets, 1 to 255
public record ManycastSearch(int enough, int most, PollExponent beacon, int reach) {
  /// MINCLOCK and MAXCLOCK of RFC 5905.
  public static final int ENOUGH = 3;

  public static final int MOST = 10;
}
