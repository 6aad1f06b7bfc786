package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.association.AssociationMode;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 5905 figure 20, row by row: the columns are the packet's modes 1 to 5.
class DispatchTest {
  @ParameterizedTest
  @CsvSource({
    "            , NEW_PASSIVE, DISCARD, TRANSMIT, MANYCAST, NEW_BROADCAST",
    "SYMMETRIC_ACTIVE , PROCESS, PROCESS, DISCARD, DISCARD, DISCARD",
    "SYMMETRIC_PASSIVE, PROCESS, ERROR,   DISCARD, DISCARD, DISCARD",
    "CLIENT           , DISCARD, DISCARD, DISCARD, PROCESS, DISCARD",
    "SERVER           , DISCARD, DISCARD, DISCARD, DISCARD, DISCARD",
    "BROADCAST_SERVER , DISCARD, DISCARD, DISCARD, DISCARD, DISCARD",
    "BROADCAST_CLIENT , DISCARD, DISCARD, DISCARD, DISCARD, PROCESS",
  })
  void isAsInTheStandard(
      AssociationMode mode,
      Dispatch active,
      Dispatch passive,
      Dispatch client,
      Dispatch server,
      Dispatch broadcast) {
    Dispatch[] row = {active, passive, client, server, broadcast};
    for (int packetMode = 1; packetMode <= row.length; packetMode++) {
      assertEquals(
          row[packetMode - 1],
          Dispatch.of(Optional.ofNullable(mode), packetMode),
          mode + " and a packet of mode " + packetMode);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "6", "7"})
  void noAssociationWantsOtherModes(int packetMode) {
    assertEquals(Dispatch.DISCARD, Dispatch.of(Optional.empty(), packetMode));
    for (AssociationMode mode : AssociationMode.values()) {
      assertEquals(Dispatch.DISCARD, Dispatch.of(Optional.of(mode), packetMode));
    }
  }
}
