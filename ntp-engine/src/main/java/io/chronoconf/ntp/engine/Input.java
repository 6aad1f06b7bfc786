package io.chronoconf.ntp.engine;

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
  /// @param isUnicast false if that address is a broadcast or multicast one
  /// @param remote where it came from
  /// @param bytes the whole datagram
  /// @param stamp when it arrived, on both clocks
  @SuppressWarnings("ArrayRecordComponent")
  record Received(
      SocketKind socket,
      int associationId,
      String networkInstance,
      int interfaceIndex,
      InetAddress local,
      boolean isUnicast,
      InetSocketAddress remote,
      byte[] bytes,
      Now stamp)
      implements Input {}

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

  /// Somebody else stepped the local clock.
  ///
  /// @param offset by how much, positive forward
  record ClockStepped(NtpDuration offset) implements Input {}
}
