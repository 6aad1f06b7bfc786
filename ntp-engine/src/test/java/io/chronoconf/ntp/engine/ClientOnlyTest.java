package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service that is a client and nothing else.
class ClientOnlyTest {
  private static final String SERVER = "192.0.2.1";
  private static final InetSocketAddress STRANGER =
      new InetSocketAddress(EngineFixture.address("198.51.100.7"), EngineFixture.PORT);

  private final EngineFixture fixture = new EngineFixture();

  private static EngineCommand clientOnly() {
    return new EngineCommand.ConfigureService(
        new ServiceConfig(true, EngineFixture.PORT, true).asClientOnly());
  }

  private void startClient() {
    fixture.serve(SERVER, 0.05);
    fixture.command(clientOnly(), new EngineCommand.Mobilize(EngineFixture.config(SERVER, true)));
    fixture.run(20);
  }

  /// A packet of this mode arrives at the port, as if it were open.
  private void arrive(int mode) {
    byte[] packet = NtpPacketEncoder.encode(NtpPacket.request(4, 6, new NtpTimestamp(77)));
    packet[0] = (byte) ((packet[0] & ~7) | mode);
    fixture.take(
        new Input.Received(
            SocketKind.SERVER,
            0,
            "",
            3,
            EngineFixture.OWN,
            EngineFixture.PORT,
            true,
            STRANGER,
            packet,
            fixture.now(),
            0));
  }

  @Test
  void synchronizesWithoutOpeningThePort() {
    startClient();
    assertTrue(fixture.system().isSynchronized());
    assertEquals(2, fixture.system().stratum());
    assertEquals(List.of(), fixture.all(Output.OpenService.class));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void neitherAnswersNorFormsAnAssociation(int mode) {
    startClient();
    arrive(mode);
    assertEquals(List.of(), fixture.all(Output.Reply.class));
    assertEquals(1, fixture.engine.dropped(DropReason.NO_SERVICE));
    assertEquals(1, fixture.engine.status(fixture.now()).associations().size());
  }

  @Test
  void closesThePortThatTheFullServiceHadAndKeepsItsAssociation() {
    fixture.serve(SERVER, 0).following(SERVER).run(20);
    int id = fixture.row(SERVER).id();
    arrive(1);
    assertEquals(2, fixture.engine.status(fixture.now()).associations().size());
    fixture.command(clientOnly());
    assertEquals(1, fixture.all(Output.CloseService.class).size());
    assertEquals(id, fixture.row(SERVER).id());
    assertEquals(1, fixture.engine.status(fixture.now()).associations().size());
    assertTrue(fixture.system().isSynchronized());
  }

  @Test
  void opensThePortWhenTheFullServiceComesBack() {
    startClient();
    fixture.command(EngineFixture.service(true, true));
    assertEquals(
        List.of(new Output.OpenService(EngineFixture.PORT)), fixture.all(Output.OpenService.class));
  }

  @Test
  void endsWithoutAPortToClose() {
    startClient();
    fixture.command(
        new EngineCommand.ConfigureService(
            new ServiceConfig(false, EngineFixture.PORT, true).asClientOnly()));
    assertEquals(List.of(), fixture.all(Output.CloseService.class));
    assertFalse(fixture.system().isSynchronized());
    assertEquals(List.of(), fixture.engine.status(fixture.now()).associations());
  }
}
