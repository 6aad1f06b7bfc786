package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.packet.PacketLayout;
import java.util.Optional;

/// What is done with a packet, by its mode and that of the association it belongs to (RFC 5905
/// figure 20).
enum Dispatch {
  /// PROC: the association takes it.
  PROCESS,
  /// DSCRD.
  DISCARD,
  /// ERR: the association ends.
  ERROR,
  /// NEWPS: it forms a symmetric passive association.
  NEW_PASSIVE,
  /// FXMIT: it is answered, and nothing is remembered.
  TRANSMIT,
  /// MANY: it answers a question that was put to many.
  MANYCAST,
  /// NEWBC: it forms an association with a broadcast server.
  NEW_BROADCAST;

  /// The cell of the table.
  ///
  /// @param association of the packet's sender, if there is one
  /// @param packetMode 0 to 7
  static Dispatch of(Optional<AssociationMode> association, int packetMode) {
    return association.isEmpty()
        ? ofStranger(packetMode)
        : switch (association.get()) {
          case SYMMETRIC_ACTIVE ->
              packetMode == PacketLayout.MODE_SYMMETRIC_ACTIVE
                      || packetMode == PacketLayout.MODE_SYMMETRIC_PASSIVE
                  ? PROCESS
                  : DISCARD;
          case SYMMETRIC_PASSIVE ->
              switch (packetMode) {
                case PacketLayout.MODE_SYMMETRIC_ACTIVE -> PROCESS;
                case PacketLayout.MODE_SYMMETRIC_PASSIVE -> ERROR;
                default -> DISCARD;
              };
          case CLIENT -> packetMode == PacketLayout.MODE_SERVER ? PROCESS : DISCARD;
          case BROADCAST_CLIENT -> packetMode == PacketLayout.MODE_BROADCAST ? PROCESS : DISCARD;
          case SERVER, BROADCAST_SERVER -> DISCARD;
        };
  }

  private static Dispatch ofStranger(int packetMode) {
    return switch (packetMode) {
      case PacketLayout.MODE_SYMMETRIC_ACTIVE -> NEW_PASSIVE;
      case PacketLayout.MODE_CLIENT -> TRANSMIT;
      case PacketLayout.MODE_SERVER -> MANYCAST;
      case PacketLayout.MODE_BROADCAST -> NEW_BROADCAST;
      default -> DISCARD;
    };
  }
}
