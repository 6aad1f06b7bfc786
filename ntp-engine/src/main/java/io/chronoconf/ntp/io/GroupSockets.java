package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.GroupSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The sockets that listen to what is sent to many, one for each address and interface. What could
/// not be opened is tried again. Engine thread.
final class GroupSockets {
  private static final long RETRY_NANOS = 5_000_000_000L;

  private final UdpTransport transport;
  private final Map<GroupSocket, UdpSocket> open = new LinkedHashMap<>();
  private List<GroupSocket> wanted = List.of();
  private OptionalInt port = OptionalInt.empty();
  private List<String> refused = List.of();
  private long retryAt;

  GroupSockets(UdpTransport transport) {
    this.transport = transport;
  }

  /// Listens at this port from now on, or not at all.
  void serve(OptionalInt at, long rawNanos) {
    if (!at.equals(port)) {
      port = at;
      open.values().forEach(UdpSocket::close);
      open.clear();
      reconcile(rawNanos);
    }
  }

  /// Listens to these from now on.
  void listen(List<GroupSocket> groups, long rawNanos) {
    wanted = groups;
    reconcile(rawNanos);
  }

  /// Closes the sockets in network instances that are not there any more.
  void keepIn(Set<String> networkInstances) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean isGone = !networkInstances.contains(entry.getKey().networkInstance());
              if (isGone) {
                entry.getValue().close();
              }
              return isGone;
            });
  }

  /// Tries again what was refused, if its time has come.
  void retry(long rawNanos) {
    if (!refused.isEmpty() && rawNanos - retryAt >= 0) {
      reconcile(rawNanos);
    }
  }

  /// When [#retry] has something to do, on the oscillator.
  Optional<Long> nextRetry() {
    return refused.isEmpty() ? Optional.empty() : Optional.of(retryAt);
  }

  private void reconcile(long rawNanos) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean isGone = !wanted.contains(entry.getKey());
              if (isGone) {
                entry.getValue().close();
              }
              return isGone;
            });
    List<String> failures = new ArrayList<>();
    if (port.isPresent()) {
      for (GroupSocket group : wanted) {
        if (!open.containsKey(group)) {
          open(group, failures);
        }
      }
    }
    refused = List.copyOf(failures);
    retryAt = rawNanos + RETRY_NANOS;
  }

  private void open(GroupSocket group, List<String> failures) {
    SocketRequest request =
        SocketRequest.shared(new InetSocketAddress(group.address(), port.getAsInt()))
            .in(group.networkInstance())
            .withGroup(new SocketRequest.Membership(group.address(), group.interfaceIndex()));
    try {
      open.put(group, transport.open(request));
    } catch (IOException failure) {
      failures.add(
          "nobody is heard who sends to %s: %s"
              .formatted(group.address().getHostAddress(), failure.getMessage()));
    }
  }

  /// What a socket listens to; empty if it is none of these.
  Optional<GroupSocket> of(UdpSocket socket) {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().equals(socket))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// What the system refuses just now, one sentence each.
  List<String> degraded() {
    return refused;
  }
}
