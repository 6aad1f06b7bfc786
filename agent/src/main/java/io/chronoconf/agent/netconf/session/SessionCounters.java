package io.chronoconf.agent.netconf.session;

import java.util.concurrent.atomic.AtomicLong;

/// The counters of RFC 6022 section 2.1.5, of one session or of all. Any thread.
public final class SessionCounters {
  private final AtomicLong inRpcs = new AtomicLong();
  private final AtomicLong inBadRpcs = new AtomicLong();
  private final AtomicLong outRpcErrors = new AtomicLong();
  private final AtomicLong outNotifications = new AtomicLong();

  void countRpc() {
    inRpcs.incrementAndGet();
  }

  void countBadRpc() {
    inBadRpcs.incrementAndGet();
  }

  void countRpcError() {
    outRpcErrors.incrementAndGet();
  }

  void countNotification() {
    outNotifications.incrementAndGet();
  }

  /// Correct rpc messages received.
  public long inRpcs() {
    return inRpcs.get();
  }

  /// Messages received that were no correct rpc: XML errors and errors of the rpc layer.
  public long inBadRpcs() {
    return inBadRpcs.get();
  }

  /// Replies sent that held an rpc-error.
  public long outRpcErrors() {
    return outRpcErrors.get();
  }

  /// Notifications sent.
  public long outNotifications() {
    return outNotifications.get();
  }
}
