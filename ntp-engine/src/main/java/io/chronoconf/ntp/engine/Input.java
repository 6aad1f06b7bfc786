package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// What happens to the engine. Arrays belong to the engine once handed over.
public sealed interface Input {
  /// A datagram arrived.
  ///
  /// @param socket which of our sockets it came in by
  /// @param associationId the association whose own socket that is; 0 for a server or group socket
  /// @param networkInstance VPN instance, empty for the public network
  /// @param interfaceIndex of the interface it came in by, 0 if not known
  /// @param local the address it was sent to; the wildcard address if not known
  /// @param localPort our port that it was sent to
  /// @param isUnicast false if that address is a broadcast or multicast one
  /// @param remote where it came from
  /// @param bytes the whole datagram
  /// @param stamp when it arrived, on both clocks
  /// @param trafficClass the octet of its header with DSCP and ECN; 0 if not known
  @SuppressWarnings("ArrayRecordComponent")
  record Received(
      SocketKind socket,
      int associationId,
      String networkInstance,
      int interfaceIndex,
      InetAddress local,
      int localPort,
      boolean isUnicast,
      InetSocketAddress remote,
      byte[] bytes,
      Now stamp,
      int trafficClass)
      implements Input {
    /// The same as if it had been sent to this address of ours.
    Received sentTo(InetAddress own) {
      return new Received(
          socket,
          associationId,
          networkInstance,
          interfaceIndex,
          own,
          localPort,
          true,
          remote,
          bytes,
          stamp,
          trafficClass);
    }

    /// What access control lists see of it.
    PacketFacts facts() {
      return PacketFacts.of(remote, local, localPort, trafficClass);
    }
  }

  /// A packet of [Output.Send] left. May come twice for one packet: the second stamp is the better
  /// one. Later than the answer it is ignored.
  ///
  /// @param nonce of the [Output.Send]
  /// @param stamp when it left, on both clocks
  record Sent(int associationId, long nonce, Now stamp) implements Input {}

  /// The transport refused a packet of [Output.Send], or the network said it cannot be delivered.
  record SendFailed(int associationId, long nonce) implements Input {}

  /// The time of the last [Output.SetTimer] has come. Too early does no harm.
  record TimerExpired() implements Input {}

  /// Management's commands, applied as one batch.
  record Commands(List<EngineCommand> commands) implements Input {
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /// The host's interfaces or addresses changed, or are known for the first time.
  record NetworkChanged(HostNetwork network) implements Input {}

  /// What became of an [Output.Resolve].
  ///
  /// @param addresses in the order of the answer; none if there is no such name or nobody knows
  /// @param failure why there is none, a sentence for humans; empty if there are some
  record Resolved(
      String networkInstance,
      String name,
      AddressFamily family,
      List<InetAddress> addresses,
      String failure)
      implements Input {
    public Resolved {
      addresses = List.copyOf(addresses);
    }
  }

  /// What [Output.AskClients] asked for.
  ///
  /// @param tables copies of the server threads' tables of who was heard
  /// @param served what the server threads have counted since the last reset
  record Clients(List<MruTable> tables, PacketCounters served) implements Input {
    public Clients {
      tables = List.copyOf(tables);
    }
  }

  /// Somebody else stepped the local clock.
  ///
  /// @param offset by how much, positive forward
  record ClockStepped(NtpDuration offset) implements Input {}
}
