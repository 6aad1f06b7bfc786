package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// What the engine wants done, in this order, before the next input. Arrays belong to the driver
/// once handed over.
public sealed interface Output {
  /// Send a packet of an association by its own client socket, which is opened if there is none,
  /// and answer with [Input.Sent] or [Input.SendFailed].
  ///
  /// @param networkInstance VPN instance, empty for the public network
  /// @param path the socket and the way it takes
  /// @param nonce the transmit timestamp field of the packet
  @SuppressWarnings("ArrayRecordComponent")
  record Send(
      int associationId,
      String networkInstance,
      InetSocketAddress destination,
      SendPath path,
      byte[] bytes,
      long nonce)
      implements Output {}

  /// Answer a packet that came by a server socket, from the address it was sent to. Only drivers
  /// without a server path of their own hand such packets to the engine.
  @SuppressWarnings("ArrayRecordComponent")
  record Reply(
      String networkInstance,
      int interfaceIndex,
      InetAddress local,
      InetSocketAddress destination,
      byte[] bytes)
      implements Output {
    /// An answer to this packet.
    static Reply to(Input.Received received, byte[] answer) {
      return new Reply(
          received.networkInstance(),
          received.interfaceIndex(),
          received.local(),
          received.remote(),
          answer);
    }
  }

  /// Tell whom the server threads have heard, by [Input.Clients].
  record AskClients() implements Output {}

  /// Close the client socket of an association; a later [Send] opens another on another port.
  record ReleaseSocket(int associationId) implements Output {}

  /// Be called with [Input.TimerExpired] at this time; replaces the time asked for before.
  record SetTimer(MonotonicTime at) implements Output {}

  /// See [io.chronoconf.ntp.time.LocalClock#adjust].
  record AdjustClock(double frequency, NtpDuration phase, double rate) implements Output {}

  /// See [io.chronoconf.ntp.time.LocalClock#step].
  record StepClock(NtpDuration offset) implements Output {}

  /// See [io.chronoconf.ntp.time.LocalClock#setSynchronized].
  record SetSynchronized(boolean isSynchronized, NtpDuration maximumError) implements Output {}

  /// See [io.chronoconf.ntp.time.LocalClock#setLeap].
  record SetLeap(int leap) implements Output {}

  /// Serve on this local port, in place of any other.
  record OpenService(int port) implements Output {}

  /// Mark every packet from now on.
  record MarkPackets(Dscp dscp) implements Output {}

  /// Close the server sockets.
  record CloseService() implements Output {}

  /// Listen to these addresses at the service's port and to no others; what came before is
  /// replaced.
  record Listen(List<GroupSocket> groups) implements Output {
    public Listen {
      groups = List.copyOf(groups);
    }
  }

  /// By which interfaces no packets are taken from now on, for the server path.
  record PublishInbound(InboundFilter filter) implements Output {}

  /// Have sockets in these network instances and in no others, beside the public network.
  ///
  /// @param osNames what the operating system calls each: a network namespace or a VRF device
  record UseInstances(Map<String, String> osNames) implements Output {
    public UseInstances {
      osNames = Map.copyOf(osNames);
    }
  }

  /// Look a name up and answer with [Input.Resolved].
  ///
  /// @param networkInstance where to ask
  /// @param family of the addresses that are wanted
  record Resolve(String networkInstance, String name, AddressFamily family) implements Output {}

  /// What the server path says from now on.
  record PublishSnapshot(ServerSnapshot snapshot) implements Output {}

  /// The keys that the server path judges and seals by from now on.
  record PublishKeys(KeyRing keys) implements Output {}

  /// The access rules of the server path from now on.
  record PublishAccess(AccessRules rules) implements Output {}

  /// Tell whoever listens.
  record Emit(EngineEvent event) implements Output {}
}
