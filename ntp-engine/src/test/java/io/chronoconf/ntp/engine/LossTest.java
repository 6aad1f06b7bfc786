package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.EngineEvent.Loss;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.ReferenceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Why synchronization was lost.
class LossTest {
  private static final String SERVER = "192.0.2.1";
  private static final int GPS = ReferenceId.ofAscii("GPS").bits();

  private final EngineFixture fixture = new EngineFixture();

  private void follow() {
    fixture.serve(SERVER, 0).following(SERVER).run(60);
    assertEquals(true, fixture.system().isSynchronized());
  }

  private void assertLost(Loss reason) {
    assertEquals(
        List.of(Optional.empty(), Optional.of(reason)),
        fixture.events(EngineEvent.SynchronizationChanged.class).stream()
            .map(EngineEvent.SynchronizationChanged::loss)
            .toList());
  }

  @Test
  void aServerIsDeleted() {
    follow();
    fixture.command(new EngineCommand.Demobilize(EngineFixture.config(SERVER, true).key()));
    assertLost(Loss.SERVER_DELETED);
  }

  @Test
  void aServerFallsSilent() {
    follow();
    fixture.silence(SERVER);
    fixture.run(20 * 66);
    assertLost(Loss.SERVER_UNREACHABLE);
  }

  @Test
  void aServerLosesItsOwnSource() {
    follow();
    fixture.serve(SERVER, 0, 0, 0, UnaryOperator.<NtpPacket>identity());
    fixture.run(3 * 66);
    assertLost(Loss.SERVER_UNSYNCHRONIZED);
  }

  @Test
  void aServerFallsToAStratumThatNobodyFollows() {
    follow();
    fixture.serve(SERVER, 0, 15, GPS, UnaryOperator.<NtpPacket>identity());
    fixture.run(3 * 66);
    assertLost(Loss.SERVER_STRATUM);
  }

  @Test
  void aServerHasNotTheKeyThatItsAssociationNowAsksFor() {
    follow();
    AuthenticationKey key =
        new AuthenticationKey(7, MacAlgorithm.MD5, new byte[] {1, 2, 3}, true, _ -> true);
    fixture.command(
        new EngineCommand.ConfigureKeys(new KeyRing(true, Map.of(7L, key))),
        new EngineCommand.Reconfigure(
            EngineFixture.config(SERVER, true).withKeyId(OptionalLong.of(7))));
    fixture.run(3 * 66);
    assertLost(Loss.AUTHENTICATION_FAILED);
  }

  @Test
  void theClockIsLeftAlone() {
    follow();
    fixture.command(EngineFixture.service(true, false));
    assertLost(Loss.SOURCE_LOST);
  }
}
