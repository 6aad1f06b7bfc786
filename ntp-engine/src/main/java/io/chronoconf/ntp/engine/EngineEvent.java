package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.Optional;

/// What an operator may want to hear of.
public sealed interface EngineEvent {
  /// The clock became synchronized, or ceased to be for want of a source.
  ///
  /// @param source the source won, or the one lost last
  /// @param loss why it was lost; empty if one was won
  record SynchronizationChanged(
      boolean isSynchronized, Optional<AssociationKey> source, Optional<Loss> loss)
      implements EngineEvent {}

  /// Why a source is none any more.
  enum Loss {
    /// It is not configured any more.
    SERVER_DELETED,
    /// Its packets are not authentic any more.
    AUTHENTICATION_FAILED,
    /// It is not synchronized itself any more.
    SERVER_UNSYNCHRONIZED,
    /// It does not answer any more, or what it answered is too old.
    SERVER_UNREACHABLE,
    /// Its stratum is not below ours any more.
    SERVER_STRATUM,
    /// Anything else: it is not believed, or the clock is left alone.
    SOURCE_LOST
  }

  /// The clock follows another source.
  ///
  /// @param before the source until now; empty if there was none
  /// @param systemPeer the source from now on; empty if there is none
  /// @param stratum ours now, 1 to 16
  record SystemPeerChanged(
      Optional<AssociationKey> before, Optional<AssociationKey> systemPeer, int stratum)
      implements EngineEvent {}

  /// Our stratum changed; 16 is unsynchronized.
  record StratumChanged(int before, int stratum) implements EngineEvent {}

  /// The clock was stepped by this much, positive forward.
  ///
  /// @param source the source that told how far it was off
  /// @param policy says who wants to hear of it
  record ClockStepped(NtpDuration offset, Optional<AssociationKey> source, OffsetPolicy policy)
      implements EngineEvent {}

  /// An offset beyond the panic threshold is ignored until it is accepted.
  record PanicOffset(NtpDuration offset) implements EngineEvent {}

  /// An association was refused that a packet asked for; told once until one finds room again.
  ///
  /// @param limit associations that packets may form
  /// @param refused who asked
  record DynamicSessionLimit(int limit, AssociationKey refused) implements EngineEvent {}

  /// A server told us to go away or to ask less often.
  record KissReceived(AssociationKey association, KissCode code) implements EngineEvent {}
}
