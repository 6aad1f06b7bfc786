package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.EnumMap;
import java.util.Map;

/// Running packet counts, of one association or of all. Owned by the engine.
public final class PacketCounts {
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private NtpTimestamp discontinuity;
  private long sent;
  private long sendFailures;
  private long received;

  public PacketCounts(NtpTimestamp start) {
    discontinuity = start;
  }

  public void reset(NtpTimestamp now) {
    dropped.clear();
    discontinuity = now;
    sent = 0;
    sendFailures = 0;
    received = 0;
  }

  /// The local clock was stepped, and what it read then is told anew.
  public void stepped(NtpDuration offset) {
    discontinuity = discontinuity.plus(offset);
  }

  public void countSent() {
    sent++;
  }

  /// A packet counted as sent was not.
  public void countSendFailure() {
    sent = Math.max(sent - 1, 0);
    sendFailures++;
  }

  public void countReceived() {
    received++;
  }

  public void countDropped(DropReason reason) {
    dropped.merge(reason, 1L, Long::sum);
  }

  public NtpTimestamp discontinuity() {
    return discontinuity;
  }

  public long sent() {
    return sent;
  }

  public long sendFailures() {
    return sendFailures;
  }

  public long received() {
    return received;
  }

  public long dropped() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  public long dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0L);
  }
}
