package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.Optional;

/// What an operator may want to hear of.
public sealed interface EngineEvent {
  /// The clock became synchronized or ceased to be.
  ///
  /// @param stratum the new one
  record SynchronizationChanged(boolean isSynchronized, int stratum) implements EngineEvent {}

  /// The clock follows another source; empty if none.
  record SystemPeerChanged(Optional<AssociationKey> systemPeer) implements EngineEvent {}

  /// The clock was stepped by this much, positive forward.
  record ClockStepped(NtpDuration offset) implements EngineEvent {}

  /// An offset beyond the panic threshold is ignored until it is accepted.
  record PanicOffset(NtpDuration offset) implements EngineEvent {}

  /// A server told us to go away or to ask less often.
  record KissReceived(AssociationKey association, KissCode code) implements EngineEvent {}
}
