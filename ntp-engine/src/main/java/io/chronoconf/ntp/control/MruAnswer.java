package io.chronoconf.ntp.control;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.mru.MruEntry;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes who was heard lately, who was silent longest first. Who asks gets as many as it has room
/// for, and comes back with the last ones that it got; `now` says that there are no more.
final class MruAnswer {
  private static final int NTP_PORT = 123;
  private static final int NO_SERVICE = 0x02;
  private static final int NO_PEER = 0x10;
  private static final int LIMITED = 0x20;
  private static final int NO_QUERY = 0x40;

  /// Octets of `now` and `last.newest`.
  private static final int END_LENGTH = 80;

  private final MruRequest request;
  private final ControlData data;
  private final StringBuilder text = new StringBuilder();

  private MruAnswer(MruRequest request, ControlData data) {
    this.request = request;
    this.data = data;
  }

  /// The answer's text; empty if who asks knows nobody any more whom we know.
  static Optional<byte[]> of(MruRequest request, String freshNonce, ControlData data) {
    return new MruAnswer(request, data).write(freshNonce);
  }

  private Optional<byte[]> write(String freshNonce) {
    text.append("nonce=").append(freshNonce);
    List<MruEntry> all = data.clients().entries();
    int known = known(all);
    if (request.isContinued() && known < 0) {
      return Optional.empty();
    }
    if (known >= 0) {
      MruEntry older = all.get(known);
      text.append(",\r\naddr.older=").append(AddressText.of(older.address(), older.port()));
      text.append(", last.older=").append(stamp(older.last()));
    }
    List<MruEntry> wanted = wanted(all.subList(known + 1, all.size()));
    int room = request.fragments() * ControlPacket.MAX_DATA - END_LENGTH;
    int rows = 0;
    while (rows < wanted.size() && rows < request.rows()) {
      String row = row(rows, wanted.get(rows));
      if (text.length() + row.length() > room) {
        break;
      }
      text.append(row);
      rows++;
    }
    if (rows == wanted.size()) {
      text.append(",\r\nnow=").append(stamp(data.at()));
      if (rows > 0) {
        text.append(", last.newest=").append(stamp(wanted.getLast().last()));
      }
    }
    return Optional.of(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }

  /// Where the latest is that who asks knows, -1 if there is none.
  private int known(List<MruEntry> all) {
    for (MruRequest.Prior prior : request.priors()) {
      for (int i = all.size() - 1; i >= 0; i--) {
        if (prior.is(all.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }

  private List<MruEntry> wanted(List<MruEntry> from) {
    List<MruEntry> wanted = new ArrayList<>();
    for (MruEntry entry : from) {
      double age = Math.max(data.at().minus(entry.last()).toSeconds(), 0);
      boolean isWanted =
          request.wants(entry, age) && (!request.hasMasks() || request.wants(restrictions(entry)));
      if (isWanted) {
        wanted.add(entry);
      }
    }
    int surplus = (int) Math.max(wanted.size() - request.recent(), 0);
    return request.isContinued() ? wanted : wanted.subList(surplus, wanted.size());
  }

  /// What this client may not do, in the bits that clients of control messages know.
  private int restrictions(MruEntry entry) {
    AccessRules access = data.access();
    InetSocketAddress client = new InetSocketAddress(entry.address(), entry.port());
    PacketFacts facts = PacketFacts.of(client, entry.local(), NTP_PORT, 0);
    return (access.mayTakeTime(facts) ? 0 : NO_SERVICE)
        | (access.maySynchronizeUs(facts) ? 0 : NO_PEER)
        | (access.mayQuery(facts) ? 0 : NO_QUERY)
        | (entry.isLimited() ? LIMITED : 0);
  }

  private String row(int index, MruEntry entry) {
    String[] items = {
      "addr." + index + "=" + AddressText.of(entry.address(), entry.port()),
      "last." + index + "=" + stamp(entry.last()),
      "first." + index + "=" + stamp(entry.first()),
      "ct." + index + "=" + entry.count(),
      "mv." + index + "=" + entry.flags(),
      "rs." + index + "=0x" + Integer.toHexString(restrictions(entry)),
      "dr." + index + "=" + entry.dropped()
    };
    return ",\r\n" + String.join(", ", items);
  }

  private static String stamp(NtpTimestamp stamp) {
    return "0x" + stamp.toHex();
  }
}
