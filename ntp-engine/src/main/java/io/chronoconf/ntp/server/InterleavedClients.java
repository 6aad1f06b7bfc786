package io.chronoconf.ntp.server;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// What a server has to know to answer interleaved (RFC 9769 section 2): for each of its last
/// clients the receive stamp that it was given last, and the true transmit stamp of that answer
/// once that is known. Clients are told apart by their addresses alone, because their ports change
/// (RFC 9109).
///
/// Only who names an earlier answer gets an entry, and only who once named the right one is worth a
/// transmit stamp, which costs the system work, and only for a few answers more: a plain client's
/// origin field is never the receive stamp that it was given. The room is fixed; a new client takes
/// the place of the one that was silent longest among the few that its address could stand beside.
/// Nothing here allocates.
///
/// One thread.
public final class InterleavedClients {
  /// No answer.
  public static final long NONE = -1;

  private static final int SETS = 1_024;
  private static final int WAYS = 4;
  private static final int CLIENTS = SETS * WAYS;

  /// So many answers in a row may get lost before a client has to show its interest again.
  private static final byte INTEREST = 8;

  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final long IPV4 = 0xffff_0000_0000L;

  private final long seed;
  private final long[] high = new long[CLIENTS];
  private final long[] low = new long[CLIENTS];
  private final long[] receive = new long[CLIENTS];
  private final long[] transmit = new long[CLIENTS];
  private final int[] used = new int[CLIENTS];
  private final byte[] interest = new byte[CLIENTS];
  private int uses;
  private long wanted = NONE;

  /// @param seed random, so that nobody can choose addresses that push each other out
  public InterleavedClients(long seed) {
    this.seed = seed;
  }

  /// The entry of a client, which is made if there is none.
  int entry(InetAddress client) {
    long upper = upper(client);
    long lower = lower(client);
    long hash = (upper * MIX ^ lower ^ seed) * MIX;
    int first = (int) (hash >>> 32 & SETS - 1) * WAYS;
    int oldest = first;
    for (int i = first; i < first + WAYS; i++) {
      if (high[i] == upper && low[i] == lower && used[i] != 0) {
        return i;
      }
      boolean isOlder = used[i] == 0 || uses - used[i] > uses - used[oldest];
      oldest = isOlder && used[oldest] != 0 ? i : oldest;
    }
    high[oldest] = upper;
    low[oldest] = lower;
    receive[oldest] = 0;
    transmit[oldest] = 0;
    interest[oldest] = 0;
    return oldest;
  }

  /// The true transmit stamp of the answer that this client was given last.
  ///
  /// @param origin the receive stamp of that answer, not zero
  /// @return zero if that is not known
  long transmit(int entry, long origin) {
    if (receive[entry] != origin) {
      return 0;
    }
    interest[entry] = INTEREST;
    return transmit[entry];
  }

  /// A receive stamp for this client that it was not given before.
  long unique(int entry, long stamp) {
    return stamp == receive[entry] ? stamp + 1 : stamp;
  }

  /// Notes what a client is given; what it was given before is forgotten.
  void give(int entry, long stamp) {
    receive[entry] = stamp;
    transmit[entry] = 0;
    uses = uses == -1 ? 1 : uses + 1;
    used[entry] = uses;
    wanted = NONE;
    if (interest[entry] > 0) {
      interest[entry]--;
      wanted = Integer.toUnsignedLong(uses) << 32 | entry;
    }
  }

  /// The answer made last, if its true transmit stamp is of use: to be told by [#sent]. Once.
  public long takeWanted() {
    long answer = wanted;
    wanted = NONE;
    return answer;
  }

  /// When an answer left. Ignored if its client got another one since, or lost its place.
  ///
  /// @param answer as of [#takeWanted]
  /// @param stamp local time, 64 bits of an NTP timestamp
  public void sent(long answer, long stamp) {
    int entry = (int) answer;
    if (used[entry] == (int) (answer >>> 32)) {
      transmit[entry] = stamp == 0 ? 1 : stamp;
    }
  }

  private static long upper(InetAddress client) {
    return client instanceof Inet6Address v6
        // Link-local addresses repeat on every link.
        ? part(v6.getAddress(), 0) ^ v6.getScopeId()
        : 0;
  }

  private static long lower(InetAddress client) {
    // Of an IPv4 address the hash code is the address itself.
    return client instanceof Inet4Address v4
        ? IPV4 | Integer.toUnsignedLong(v4.hashCode())
        : part(client.getAddress(), Long.BYTES);
  }

  private static long part(byte[] octets, int from) {
    long part = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      part = part << Byte.SIZE | (octets[i] & 0xff);
    }
    return part;
  }
}
