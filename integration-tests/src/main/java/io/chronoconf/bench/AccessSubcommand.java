package io.chronoconf.bench;

import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.LinearAccessList;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.access.Prefix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;

/// How fast access control lists answer, compiled and entry by entry.
final class AccessSubcommand implements Subcommand {
  private static final int[] SIZES = {10, 1_000, 100_000};
  private static final int MAX_RUNS = 99;
  private static final int MAX_MILLIS = 60_000;
  private static final int PACKETS = 4096;
  private static final int AT_ONCE = 16;
  private static final int NTP_PORT = 123;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long BYTES_PER_KIB = 1024;

  /// A packet as both kinds of list want it.
  private record Packet(InetSocketAddress source, InetAddress local, PacketFacts facts) {}

  @Override
  public String name() {
    return "access";
  }

  @Override
  public String summary() {
    return "lookups in access control lists, compiled against entry by entry";
  }

  @Override
  public String help() {
    return """
    Usage: bench access [OPTION VALUE]...

    Lists of 10, 1000 and 100000 random networks of both families, permitted or denied, with
    everybody else permitted at the end. Half of the packets come from one of the networks.

      --runs N     runs, whose median is printed [5]
      --millis N   length of a run for each list [200]

    One line for each list, the longest last: compiled_per_s and linear_per_s (lookups a second),
    ratio of both, build_ms (to compile the list) and kib (what the compiled form holds beside the
    entries). The packaged agent compiles its code less than this program's JVM does:
    JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 measures what it does.

    Example: bench access --runs 11
    """;
  }

  @Override
  public void run(List<String> arguments) throws UsageException, UnknownHostException {
    OptionReader options = new OptionReader(arguments, Set.of("runs", "millis"));
    int runs = options.count("runs", 1, MAX_RUNS).orElse(5);
    int millis = options.count("millis", 1, MAX_MILLIS).orElse(200);
    for (int size : SIZES) {
      System.out.println(line(size, runs, millis));
    }
  }

  /// One line for reader and script alike.
  static String line(int size, int runs, int millis) throws UnknownHostException {
    Random random = new Random(size);
    List<AccessEntry> entries = entries(random, size);
    List<Packet> packets = packets(random, entries);
    LinearAccessList linear = new LinearAccessList(entries);
    double[] compiledRates = new double[runs];
    double[] linearRates = new double[runs];
    double[] buildMillis = new double[runs];
    AccessList list = new AccessList(entries);
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      list = new AccessList(entries);
      buildMillis[run] = (System.nanoTime() - start) / NANOS_PER_MILLI;
      AccessList compiled = list;
      compiledRates[run] = rate(millis, i -> compiled.permits(packets.get(i).facts()));
      linearRates[run] = rate(millis, i -> permits(linear, packets.get(i)));
    }
    return String.format(
        Locale.ROOT,
        "entries=%d compiled_per_s=%.0f linear_per_s=%.0f ratio=%.1f build_ms=%.1f kib=%d",
        size,
        median(compiledRates),
        median(linearRates),
        median(compiledRates) / median(linearRates),
        median(buildMillis),
        kib(list.entries()));
  }

  private static boolean permits(LinearAccessList list, Packet packet) {
    return list.permits(
        packet.source().getAddress(), packet.source().getPort(), packet.local(), NTP_PORT, 0);
  }

  /// Questions a second.
  private static double rate(int millis, IntPredicate question) {
    long start = System.nanoTime();
    long end = start + (long) (millis * NANOS_PER_MILLI);
    long asked = 0;
    long permitted = 0;
    long now;
    do {
      for (int i = 0; i < AT_ONCE; i++) {
        permitted += question.test((int) (asked++ % PACKETS)) ? 1 : 0;
      }
      now = System.nanoTime();
    } while (now < end);
    if (permitted > asked) {
      throw new IllegalStateException("the answers are to be looked at, or they are not computed");
    }
    return asked * NANOS_PER_SECOND / (now - start);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// What a second compiled form of the same entries adds to the heap.
  private static long kib(List<AccessEntry> entries) {
    long before = used();
    AccessList more = new AccessList(entries);
    long after = used();
    // Keeps it alive until the heap has been looked at.
    return more.entries().isEmpty() ? 0 : Math.max(after - before, 0) / BYTES_PER_KIB;
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static List<AccessEntry> entries(Random random, int count) throws UnknownHostException {
    List<AccessEntry> entries = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      boolean isIpv4 = random.nextInt(4) != 0;
      int[] lengths = isIpv4 ? new int[] {32, 32, 24, 20, 16} : new int[] {128, 64, 56, 48, 32};
      Prefix source = new Prefix(address(random, isIpv4), lengths[random.nextInt(lengths.length)]);
      entries.add(new AccessEntry(random.nextBoolean(), Optional.of(source), Optional.empty()));
    }
    entries.add(new AccessEntry(true, Optional.empty(), Optional.empty()));
    return entries;
  }

  private static List<Packet> packets(Random random, List<AccessEntry> entries)
      throws UnknownHostException {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      Optional<Prefix> network = entries.get(random.nextInt(entries.size())).source();
      InetAddress from =
          network.isPresent() && random.nextBoolean()
              ? network.get().address()
              : address(random, random.nextInt(4) != 0);
      InetSocketAddress source = new InetSocketAddress(from, random.nextInt(1, 65_536));
      InetAddress local = address(random, from.getAddress().length == 4);
      packets.add(new Packet(source, local, PacketFacts.of(source, local, NTP_PORT, 0)));
    }
    return packets;
  }

  private static InetAddress address(Random random, boolean isIpv4) throws UnknownHostException {
    byte[] bytes = new byte[isIpv4 ? 4 : 16];
    random.nextBytes(bytes);
    if (!isIpv4) {
      bytes[0] = 0x20;
      bytes[1] = 0x01;
    }
    return InetAddress.getByAddress(bytes);
  }
}
