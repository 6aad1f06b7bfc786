package io.chronoconf.ntp.mru;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Who was heard lately: a table of fixed size in which who comes new takes the place of who was
/// silent longest. Owned by one thread; a copy may be given away. Recording makes no object.
///
/// A client takes 61 octets, in one array for each field: a hash table with chains for finding one,
/// and a list in the order of last packets for evicting. Zones of link-local addresses are not told
/// apart.
public final class MruTable {
  /// Clients that a table holds unless told otherwise: one megabyte.
  public static final int DEFAULT_CAPACITY = 16_384;

  /// The most that a table may hold.
  public static final int MAX_CAPACITY = 1 << 20;

  /// What a client takes.
  public static final int OCTETS_PER_CLIENT = 61;

  private static final int NONE = -1;
  private static final int MAPPED_PREFIX = 0xffff;
  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;
  private static final int FLAGS = 0x3f;
  private static final int LIMITED = 0x40;
  private static final int MAX_LOCALS = 256;

  private final int capacity;
  private final long seed;
  private final PacketTally tally = new PacketTally();
  private final List<InetAddress> locals = new ArrayList<>();
  private final long[] high;
  private final long[] low;
  private final long[] first;
  private final long[] last;
  private final int[] count;
  private final int[] dropped;
  private final int[] older;
  private final int[] newer;
  private final int[] chain;
  private final int[] heads;
  private final short[] port;
  private final byte[] local;
  private final byte[] flags;
  private int size;
  private int oldest = NONE;
  private int newest = NONE;
  private long existing;
  private long evicted;

  /// @param capacity clients, 1 to MAX_CAPACITY
  /// @param seed secret of this table, so that nobody can choose addresses that share one chain
  public MruTable(int capacity, long seed) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "a table for " + capacity + " clients is not in 1.." + MAX_CAPACITY);
    }
    this.capacity = capacity;
    this.seed = seed;
    high = new long[capacity];
    low = new long[capacity];
    first = new long[capacity];
    last = new long[capacity];
    count = new int[capacity];
    dropped = new int[capacity];
    older = new int[capacity];
    newer = new int[capacity];
    chain = new int[capacity];
    heads = new int[capacity];
    port = new short[capacity];
    local = new byte[capacity];
    flags = new byte[capacity];
    Arrays.fill(heads, NONE);
  }

  private MruTable(MruTable from) {
    capacity = from.capacity;
    seed = from.seed;
    size = from.size;
    oldest = from.oldest;
    newest = from.newest;
    existing = from.existing;
    evicted = from.evicted;
    tally.add(from.tally);
    locals.addAll(from.locals);
    high = Arrays.copyOf(from.high, size);
    low = Arrays.copyOf(from.low, size);
    first = Arrays.copyOf(from.first, size);
    last = Arrays.copyOf(from.last, size);
    count = Arrays.copyOf(from.count, size);
    dropped = Arrays.copyOf(from.dropped, size);
    older = new int[0];
    newer = Arrays.copyOf(from.newer, size);
    chain = new int[0];
    heads = new int[0];
    port = Arrays.copyOf(from.port, size);
    local = Arrays.copyOf(from.local, size);
    flags = Arrays.copyOf(from.flags, size);
  }

  /// What it holds now, to be read by another thread; it takes no more packets.
  public MruTable copy() {
    return new MruTable(this);
  }

  /// Remembers a packet.
  ///
  /// @param to our address that it came to
  /// @param packetFlags its first octet; 0 for a packet without one
  /// @param at when it came, local time
  /// @param verdict what became of it
  public void record(
      InetSocketAddress source, InetAddress to, int packetFlags, NtpTimestamp at, Verdict verdict) {
    tally.count(packetFlags, verdict);
    byte[] octets = source.getAddress().getAddress();
    boolean isIpv4 = octets.length == IPV4_LENGTH;
    long upper = isIpv4 ? 0 : bits(octets, 0, Long.BYTES);
    long lower =
        isIpv4
            ? (long) MAPPED_PREFIX << Integer.SIZE | bits(octets, 0, IPV4_LENGTH)
            : bits(octets, Long.BYTES, Long.BYTES);
    int slot = find(upper, lower);
    if (slot == NONE) {
      slot = take(upper, lower);
      first[slot] = at.bits();
    } else {
      existing++;
      unlink(slot);
    }
    append(slot);
    last[slot] = at.bits();
    port[slot] = (short) source.getPort();
    local[slot] = (byte) indexOf(to);
    count[slot] = increased(count[slot]);
    flags[slot] = (byte) (packetFlags & FLAGS);
    if (verdict instanceof Verdict.Drop drop) {
      dropped[slot] = increased(dropped[slot]);
      flags[slot] |= (byte) (drop.reason() == DropReason.RATE ? LIMITED : 0);
    }
  }

  private static long bits(byte[] octets, int offset, int length) {
    long bits = 0;
    for (int i = offset; i < offset + length; i++) {
      bits = bits << Byte.SIZE | (octets[i] & 0xff);
    }
    return bits;
  }

  private static int increased(int number) {
    return number == Integer.MAX_VALUE ? number : number + 1;
  }

  private int find(long upper, long lower) {
    int slot = heads[bucket(upper, lower)];
    while (slot != NONE && (low[slot] != lower || high[slot] != upper)) {
      slot = chain[slot];
    }
    return slot;
  }

  private int bucket(long upper, long lower) {
    long mixed = mix(mix(upper ^ seed) + lower);
    return (int) Math.unsignedMultiplyHigh(mixed, capacity);
  }

  /// Every bit of the argument changes half of the result's.
  private static long mix(long bits) {
    long once = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ once >>> 27) * 0x94d049bb133111ebL;
    return twice ^ twice >>> 31;
  }

  /// A place for a new client: a free one, or that of who was silent longest.
  private int take(long upper, long lower) {
    int slot = size;
    if (size < capacity) {
      size++;
    } else {
      slot = oldest;
      unlink(slot);
      unchain(slot);
      evicted++;
    }
    int bucket = bucket(upper, lower);
    high[slot] = upper;
    low[slot] = lower;
    count[slot] = 0;
    dropped[slot] = 0;
    chain[slot] = heads[bucket];
    heads[bucket] = slot;
    return slot;
  }

  private void unchain(int slot) {
    int bucket = bucket(high[slot], low[slot]);
    if (heads[bucket] == slot) {
      heads[bucket] = chain[slot];
      return;
    }
    int before = heads[bucket];
    while (chain[before] != slot) {
      before = chain[before];
    }
    chain[before] = chain[slot];
  }

  private void unlink(int slot) {
    if (older[slot] == NONE) {
      oldest = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
    if (newer[slot] == NONE) {
      newest = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
  }

  private void append(int slot) {
    older[slot] = newest;
    newer[slot] = NONE;
    if (newest == NONE) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
  }

  /// The place of an address of ours; a host with more than there is room for shares the last one.
  private int indexOf(InetAddress address) {
    int found = locals.indexOf(address);
    if (found < 0 && locals.size() < MAX_LOCALS) {
      locals.add(address);
    }
    return found < 0 ? locals.size() - 1 : found;
  }

  /// Who was silent longest comes first.
  public List<MruEntry> entries() {
    List<MruEntry> entries = new ArrayList<>(size);
    for (int slot = oldest; slot != NONE; slot = newer[slot]) {
      entries.add(
          new MruEntry(
              address(slot),
              port[slot] & 0xffff,
              locals.get(local[slot] & 0xff),
              new NtpTimestamp(first[slot]),
              new NtpTimestamp(last[slot]),
              count[slot],
              dropped[slot],
              flags[slot] & FLAGS,
              (flags[slot] & LIMITED) != 0));
    }
    return entries;
  }

  private InetAddress address(int slot) {
    boolean isIpv4 = high[slot] == 0 && low[slot] >>> Integer.SIZE == MAPPED_PREFIX;
    byte[] octets = new byte[isIpv4 ? IPV4_LENGTH : IPV6_LENGTH];
    long bits = low[slot];
    for (int i = octets.length - 1; i >= 0; i--) {
      octets[i] = (byte) bits;
      bits = i == Long.BYTES ? high[slot] : bits >>> Byte.SIZE;
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("4 or 16 octets are an address", impossible);
    }
  }

  /// All packets that it ever recorded.
  PacketTally tally() {
    return tally;
  }

  /// How full it is. It never shrinks, so it is as deep as it ever was.
  MruList.Use use() {
    return new MruList.Use(capacity, size, existing, size, evicted);
  }
}
