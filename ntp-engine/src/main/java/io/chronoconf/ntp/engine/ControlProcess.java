package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.control.ControlData;
import io.chronoconf.ntp.control.ControlPacket;
import io.chronoconf.ntp.control.ControlResponder;
import io.chronoconf.ntp.control.Identity;
import io.chronoconf.ntp.control.QueryLimiter;
import io.chronoconf.ntp.mru.MruList;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Answers control queries (mode 6, RFC 9327). Those about clients wait until the server threads
/// have told whom they heard; what they told is good for a moment. Owned by the engine.
final class ControlProcess {
  /// Queries that wait for the server threads.
  static final int MAX_WAITING = 64;

  /// For how long what the threads told is good: putting their tables together takes milliseconds.
  static final double CLIENTS_SECONDS = 0.2;

  private final ManagementProcess management;
  private final AssociationTable table;
  private final PacketCounts totals;
  private final Identity identity;
  private final MruTable own;
  private final Function<Now, EngineStatus> status;
  private final ControlResponder responder;
  private final QueryLimiter limiter = new QueryLimiter();
  private final List<Waiting> waiting = new ArrayList<>();
  private Now start = new Now(new MonotonicTime(0), NtpTimestamp.UNKNOWN);
  private MruList clients = MruList.EMPTY;
  private PacketCounters served = new PacketCounters(NtpTimestamp.UNKNOWN, 0, 0, 0, 0);
  private @Nullable MonotonicTime told;
  private long queries;

  /// A query that cannot be answered yet.
  private record Waiting(ControlPacket query, Input.Received received) {}

  /// @param totals packets of all modes
  /// @param own who was heard by the engine
  /// @param status all there is to see at a moment
  ControlProcess(
      ManagementProcess management,
      AssociationTable table,
      PacketCounts totals,
      Identity identity,
      MruTable own,
      RandomGenerator random,
      Function<Now, EngineStatus> status) {
    this.management = management;
    this.table = table;
    this.totals = totals;
    this.identity = identity;
    this.own = own;
    this.status = status;
    this.responder = new ControlResponder(random);
  }

  /// The moment from which uptime counts.
  void start(Now now) {
    start = now;
  }

  /// Takes a query in.
  Verdict receive(Input.Received received, Now now, List<Output> outputs) {
    InetAddress source = received.remote().getAddress();
    if (!management.access().mayQuery(received.facts())) {
      return Verdict.drop(DropReason.ACCESS);
    }
    if (!limiter.admits(source, now.monotonic())) {
      return Verdict.drop(DropReason.RATE);
    }
    Optional<ControlPacket> read = ControlPacket.read(received.bytes());
    if (read.isEmpty()) {
      return Verdict.drop(DropReason.MALFORMED);
    }
    queries++;
    ControlPacket query = read.get();
    if (responder.lacksProof(query, source, received.stamp().monotonic())) {
      return Verdict.drop(DropReason.BOGUS);
    }
    if (!ControlResponder.needsClients(query) || isFresh(now)) {
      answer(query, received, now, outputs);
      return Verdict.accept();
    }
    if (waiting.size() >= MAX_WAITING) {
      return Verdict.drop(DropReason.RATE);
    }
    if (waiting.isEmpty()) {
      outputs.add(new Output.AskClients());
    }
    waiting.add(new Waiting(query, received));
    return Verdict.accept();
  }

  private boolean isFresh(Now now) {
    return told != null && now.monotonic().secondsSince(told) < CLIENTS_SECONDS;
  }

  /// The server threads have told whom they heard.
  void told(Input.Clients answer, Now now, List<Output> outputs) {
    List<MruTable> tables = new ArrayList<>(answer.tables());
    tables.add(own.copy());
    clients = MruList.of(now.local(), tables);
    served = answer.served();
    told = now.monotonic();
    waiting.forEach(one -> answer(one.query(), one.received(), now, outputs));
    waiting.clear();
  }

  private void answer(ControlPacket query, Input.Received received, Now now, List<Output> outputs) {
    InetAddress source = received.remote().getAddress();
    for (byte[] answer :
        responder.respond(query, source, received.stamp().monotonic(), data(now))) {
      totals.countSent();
      outputs.add(Output.Reply.to(received, answer));
    }
  }

  private ControlData data(Now now) {
    EngineStatus seen = status.apply(now);
    ControlCounters counters =
        new ControlCounters(
            now,
            start,
            queries,
            management.keys(),
            clients,
            served,
            StatusBuilder.counters(totals));
    Function<Integer, Optional<Association>> associations = table::find;
    return new ControlVariables(seen, identity, counters, associations, management.servicePort())
        .data(clients, management.access());
  }
}
