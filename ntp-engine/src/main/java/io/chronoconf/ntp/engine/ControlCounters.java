package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.mru.MruList;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.mru.PacketTally;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.Now;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was counted, in the words of control queries: told only by name. Spans are in seconds.
///
/// @param start when the engine began
/// @param queries control queries since then
/// @param keys of authentication
/// @param clients who was heard, and all packets since the start
/// @param served what the server threads have counted since the last reset
/// @param own what the engine has counted since the last reset
record ControlCounters(
    Now now,
    Now start,
    long queries,
    int keys,
    MruList clients,
    PacketCounters served,
    PacketCounters own) {
  private static final int KIBI = 1024;
  private static final int MODE_UNSPECIFIED = 0;

  Map<String, String> variables() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("ss_uptime", uptime());
    told.put("ss_numctlreq", Long.toString(queries));
    told.put("authkeys", Integer.toString(keys));
    packets().forEach((name, value) -> twice(told, name, value));
    io(told);
    table(told);
    return told;
  }

  private String uptime() {
    return Long.toString((long) now.monotonic().secondsSince(start.monotonic()));
  }

  /// Since the start, and since the counters were written to a file last: we write none.
  private static void twice(Map<String, String> told, String name, String value) {
    told.put(name, value);
    told.put(name + "_r", value);
  }

  private Map<String, String> packets() {
    PacketTally tally = clients.tally();
    Map<String, String> told = new LinkedHashMap<>();
    told.put("ss_reset", uptime());
    told.put("ss_received", Long.toString(tally.received()));
    told.put("ss_thisver", Long.toString(tally.received(PacketLayout.MAX_VERSION)));
    long older = 0;
    for (int version = PacketLayout.MIN_VERSION; version < PacketLayout.MAX_VERSION; version++) {
      older += tally.received(version);
    }
    told.put("ss_oldver", Long.toString(older));
    told.put("ss_ver1", Long.toString(tally.received(1)));
    told.put("ss_ver1client", Long.toString(tally.received(1, PacketLayout.MODE_CLIENT)));
    told.put("ss_ver1zero", Long.toString(tally.received(1, MODE_UNSPECIFIED)));
    told.put("ss_ver1symm", Long.toString(tally.received(1, PacketLayout.MODE_SYMMETRIC_ACTIVE)));
    told.put("ss_badformat", Long.toString(tally.dropped(DropReason.MALFORMED)));
    told.put("ss_badauth", Long.toString(tally.dropped(DropReason.AUTHENTICATION)));
    told.put(
        "ss_declined",
        Long.toString(tally.dropped(DropReason.MODE) + tally.dropped(DropReason.NOT_UNICAST)));
    told.put(
        "ss_restricted",
        Long.toString(tally.dropped(DropReason.ACCESS) + tally.dropped(DropReason.INBOUND)));
    told.put("ss_limited", Long.toString(tally.dropped(DropReason.RATE)));
    // We send no kisses.
    told.put("ss_kodsent", "0");
    told.put("ss_processed", Long.toString(processed(tally)));
    return told;
  }

  /// Packets of whom we may follow.
  private static long processed(PacketTally tally) {
    return tally.used(PacketLayout.MODE_SYMMETRIC_ACTIVE)
        + tally.used(PacketLayout.MODE_SYMMETRIC_PASSIVE)
        + tally.used(PacketLayout.MODE_SERVER)
        + tally.used(PacketLayout.MODE_BROADCAST);
  }

  private void io(Map<String, String> told) {
    double sinceReset = now.local().minus(own.discontinuity()).toSeconds();
    told.put("iostats_reset", Long.toString((long) sinceReset));
    told.put("io_received", Long.toString(own.received() + served.received()));
    told.put("io_dropped", Long.toString(own.dropped() + served.dropped()));
    told.put("io_sent", Long.toString(own.sent() + served.sent()));
    told.put("io_sendfailed", Long.toString(own.sendFailures() + served.sendFailures()));
  }

  /// Who comes new takes the place of who was silent longest once the tables are full, however long
  /// that was: no age matters.
  private void table(Map<String, String> told) {
    MruList.Use use = clients.use();
    int depth = clients.entries().size();
    told.put("mru_enabled", "1");
    told.put("mru_hashslots", Integer.toString(use.capacity()));
    told.put("mru_depth", Integer.toString(depth));
    told.put("mru_deepest", Integer.toString(use.deepest()));
    told.put("mru_maxdepth", Integer.toString(use.capacity()));
    told.put("mru_mindepth", Integer.toString(use.capacity()));
    told.put("mru_maxage", "0");
    told.put("mru_minage", "0");
    told.put("mru_mem", kibioctets(depth));
    told.put("mru_maxmem", kibioctets(use.capacity()));
    told.put("mru_exists", Long.toString(use.existing()));
    told.put("mru_new", Long.toString(use.created()));
    told.put("mru_recycleold", "0");
    told.put("mru_recyclefull", Long.toString(use.evicted()));
    told.put("mru_none", "0");
    double oldest =
        depth == 0 ? 0 : now.local().minus(clients.entries().getFirst().last()).toSeconds();
    told.put("mru_oldest_age", Long.toString((long) Math.max(oldest, 0)));
  }

  private static String kibioctets(int clients) {
    return Long.toString(Math.ceilDiv((long) clients * MruTable.OCTETS_PER_CLIENT, KIBI));
  }
}
