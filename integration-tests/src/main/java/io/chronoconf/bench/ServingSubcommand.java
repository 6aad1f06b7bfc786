package io.chronoconf.bench;

import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/// What answering a client costs apart from the network, and what remembering it adds.
final class ServingSubcommand implements Subcommand {
  private static final int MAX_CLIENTS = 1_000_000;
  private static final int ROUNDS = 11;
  private static final int PACKETS = 2_000_000;
  private static final int NETWORK = 0x0a000000;
  private static final int PORT = 40_000;

  @Override
  public String name() {
    return "serving";
  }

  @Override
  public String summary() {
    return "one answer to a client without the network, and one entry in the table of clients";
  }

  @Override
  public String help() {
    return """
    Usage: bench serving [OPTION VALUE]...

    Answers requests in memory, and records as many packets of different clients in turn.

      --clients N   clients that take turns [100000]

    The last line: medians in nanoseconds of an answer (answer_ns) and of an entry (record_ns).

    Example: bench serving --clients 1000
    """;
  }

  @Override
  public void run(List<String> arguments) throws UsageException, UnknownHostException {
    OptionReader options = new OptionReader(arguments, Set.of("clients"));
    int clients = options.count("clients", 1, MAX_CLIENTS).orElse(100_000);
    List<InetSocketAddress> sources = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      byte[] address = ByteBuffer.allocate(Integer.BYTES).putInt(NETWORK + i).array();
      sources.add(new InetSocketAddress(InetAddress.getByAddress(address), PORT));
    }
    List<Double> answer = new ArrayList<>();
    List<Double> entry = new ArrayList<>();
    MruTable table = new MruTable(MruTable.DEFAULT_CAPACITY, 1);
    for (int round = 0; round < ROUNDS; round++) {
      answer.add(answers());
      entry.add(entries(table, sources));
    }
    System.out.printf(
        Locale.ROOT,
        "answer_ns=%.0f record_ns=%.0f clients=%d%n",
        median(answer),
        median(entry),
        clients);
  }

  private static double answers() {
    ServerResponder responder = new ServerResponder(new SplittableRandom(1));
    ServerSnapshot snapshot = ServerSnapshot.unsynchronized(-20);
    InetAddress client = InetAddress.getLoopbackAddress();
    byte[] bytes = new byte[PacketLayout.HEADER_LENGTH];
    NtpTimestamp now = new NtpTimestamp(0xe900_0000_0000_0000L);
    long begin = System.nanoTime();
    for (int i = 0; i < PACKETS; i++) {
      bytes[0] = PacketLayout.flags(0, PacketLayout.MAX_VERSION, PacketLayout.MODE_CLIENT);
      if (!(responder.respond(ByteBuffer.wrap(bytes), client, snapshot, now, now)
          instanceof Verdict.Accept)) {
        throw new IllegalStateException("a good request is not answered");
      }
    }
    return (System.nanoTime() - begin) / (double) PACKETS;
  }

  private static double entries(MruTable table, List<InetSocketAddress> sources) {
    InetAddress local = InetAddress.getLoopbackAddress();
    int flags = PacketLayout.flags(0, PacketLayout.MAX_VERSION, PacketLayout.MODE_CLIENT);
    long begin = System.nanoTime();
    for (int i = 0; i < PACKETS; i++) {
      NtpTimestamp now = new NtpTimestamp(0xe900_0000_0000_0000L + i);
      table.record(sources.get(i % sources.size()), local, flags, now, Verdict.accept());
    }
    return (System.nanoTime() - begin) / (double) PACKETS;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
