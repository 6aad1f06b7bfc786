package io.chronoconf.ntp.mru;

import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;

/// One who was heard.
///
/// @param address of the sender, without a zone
/// @param port of the last packet
/// @param local our address that the last packet came to; the wildcard address if not known
/// @param first when the first packet came, local time
/// @param last when the last packet came, local time
/// @param count packets
/// @param dropped packets of these that were of no use
/// @param flags version and mode of the last packet as in its first octet, 0 to 63
/// @param isLimited whether the last packet was one too many
public record MruEntry(
    InetAddress address,
    int port,
    InetAddress local,
    NtpTimestamp first,
    NtpTimestamp last,
    long count,
    long dropped,
    int flags,
    boolean isLimited) {
  /// The same sender as two tables know it.
  MruEntry with(MruEntry other) {
    MruEntry later = last.isBefore(other.last) ? other : this;
    return new MruEntry(
        address,
        later.port,
        later.local,
        first.isBefore(other.first) ? first : other.first,
        later.last,
        count + other.count,
        dropped + other.dropped,
        later.flags,
        later.isLimited);
  }
}
