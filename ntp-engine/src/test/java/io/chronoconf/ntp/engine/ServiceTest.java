package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.packet.DecodeResult;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketDecoder;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {
  private static final String SERVER = "192.0.2.1";
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(EngineFixture.address("198.51.100.7"), 40_000);
  private static final InetAddress OTHER = EngineFixture.address("192.0.2.101");

  private final EngineFixture fixture = new EngineFixture();

  @Nested
  class Serving {
    private void ask(NtpPacket packet, boolean isUnicast) {
      fixture.take(
          new Input.Received(
              SocketKind.SERVER,
              0,
              "",
              3,
              OTHER,
              EngineFixture.PORT,
              isUnicast,
              CLIENT,
              NtpPacketEncoder.encode(packet),
              fixture.now(),
              0));
    }

    private NtpPacket request() {
      return NtpPacket.request(4, 6, new NtpTimestamp(77));
    }

    @Test
    void packetsAreMarkedAnewOnlyIfTheMarkChanges() {
      EngineFixture fixture = new EngineFixture();
      fixture.command(EngineFixture.service(true, true));
      assertEquals(List.of(), fixture.all(Output.MarkPackets.class));
      Dscp other = new Dscp(46, 0);
      fixture.command(
          new EngineCommand.ConfigureService(
              new ServiceConfig(true, EngineFixture.PORT, true, 100, other)));
      fixture.command(
          new EngineCommand.ConfigureService(
              new ServiceConfig(true, EngineFixture.PORT, false, 100, other)));
      assertEquals(List.of(new Output.MarkPackets(other)), fixture.all(Output.MarkPackets.class));
    }

    @Test
    void opensAndClosesThePort() {
      fixture.command(EngineFixture.service(true, true));
      fixture.command(EngineFixture.service(true, true));
      assertEquals(List.of(new Output.OpenService(123)), fixture.all(Output.OpenService.class));
      fixture.command(new EngineCommand.ConfigureService(new ServiceConfig(true, 10123, true)));
      assertEquals(new Output.OpenService(10123), fixture.all(Output.OpenService.class).getLast());
      fixture.command(EngineFixture.service(false, true));
      fixture.command(EngineFixture.service(false, true));
      assertEquals(1, fixture.all(Output.CloseService.class).size());
    }

    @Test
    void answersFromTheAddressThatWasAsked() {
      fixture.command(EngineFixture.service(true, true), EngineFixture.local(2));
      ask(request(), true);
      Output.Reply reply = fixture.all(Output.Reply.class).getFirst();
      assertEquals(OTHER, reply.local());
      assertEquals(CLIENT, reply.destination());
      assertEquals(3, reply.interfaceIndex());
      assertEquals(48, reply.bytes().length);
      assertEquals(2, reply.bytes()[1]);
      PacketCounters counters = fixture.engine.status(fixture.now()).counters();
      assertEquals(1, counters.received());
      assertEquals(1, counters.sent());
    }

    /// Nor does it tell by the characters INIT that it has just begun (RFC 8633 section 5.2).
    @Test
    void saysThatItHasNoTimeAsLongAsItHasNone() {
      fixture.command(EngineFixture.service(true, true));
      ask(request(), true);
      NtpPacket answer =
          assertInstanceOf(
                  DecodeResult.Decoded.class,
                  NtpPacketDecoder.decode(fixture.all(Output.Reply.class).getFirst().bytes()))
              .packet();
      assertEquals(3, answer.leap());
      assertEquals(0, answer.stratum());
      assertEquals(0, answer.referenceId());
      assertEquals(NtpTimestamp.UNKNOWN, answer.reference());
      assertEquals(EngineFixture.PRECISION, answer.precision());
      assertEquals(77, answer.origin().bits());
    }

    @Test
    void doesNotAnswerBroadcasts() {
      fixture.command(EngineFixture.service(true, true), EngineFixture.local(2));
      ask(request(), false);
      assertEquals(List.of(), fixture.all(Output.Reply.class));
      assertEquals(1, fixture.engine.dropped(DropReason.NOT_UNICAST));
    }

    @Test
    void doesNotAnswerAnswers() {
      fixture.command(EngineFixture.service(true, true), EngineFixture.local(2));
      ask(Packets.withMode(request(), 4), true);
      assertEquals(List.of(), fixture.all(Output.Reply.class));
      assertEquals(1, fixture.engine.dropped(DropReason.MODE));
    }

    @Test
    void doesNotAnswerWhileOff() {
      ask(request(), true);
      assertEquals(List.of(), fixture.all(Output.Reply.class));
      assertEquals(1, fixture.engine.dropped(DropReason.NO_SERVICE));
    }
  }

  @Nested
  class AsLocalReference {
    @ParameterizedTest
    @CsvSource({"1", "2", "8", "15"})
    void isSynchronizedToItself(int stratum) {
      fixture.command(EngineFixture.service(true, false), EngineFixture.local(stratum));
      SystemStatus system = fixture.system();
      assertTrue(system.isSynchronized());
      assertEquals(SyncState.CLOCK_SYNCHRONIZED, system.syncState());
      assertEquals(stratum, system.stratum());
      assertEquals(0, system.leap());
      assertEquals(0, system.rootDelay().units());
      int expected = stratum == 1 ? ReferenceId.LOCL.bits() : 0x7f7f0100;
      assertEquals(expected, system.referenceId());
      AssociationStatus row = fixture.row("127.127.1.0");
      assertEquals(Optional.of(row.config().key()), system.systemPeer());
      assertEquals(stratum - 1, row.stratum());
      assertEquals(Selection.SYSTEM_PEER, row.selection());
      assertEquals(3, row.config().key().mode().wireMode());
      assertTrue(row.config().key().isConfigured());
    }

    @Test
    void keepsItsStampFresh() {
      fixture.command(EngineFixture.service(true, true), EngineFixture.local(2));
      fixture.run(1000);
      SystemStatus system = fixture.system();
      assertTrue(fixture.now().local().minus(system.reference()).toSeconds() <= 64);
      assertTrue(system.rootDispersion().toSeconds() < 0.002);
      assertEquals(255, fixture.row("127.127.1.0").reach());
    }

    @ParameterizedTest
    @CsvSource({"4,true", "5,false", "6,false"})
    void yieldsToLowerStrataOnly(int remoteStratum, boolean yields) {
      fixture.serve(SERVER, 0, remoteStratum, 0x0a000001, UnaryOperator.identity());
      fixture.following(SERVER);
      fixture.command(EngineFixture.local(5));
      fixture.run(20);
      assertEquals(5, fixture.system().stratum());
      assertEquals(
          yields ? Selection.SYSTEM_PEER : Selection.REJECT, fixture.row(SERVER).selection());
      assertEquals(
          yields ? RejectReason.NONE : RejectReason.STRATUM, fixture.row(SERVER).rejectReason());
      assertEquals(
          yields ? Selection.CANDIDATE : Selection.SYSTEM_PEER,
          fixture.row("127.127.1.0").selection());
    }

    @Test
    void takesOverWhenTheServerIsLost() {
      fixture.serve(SERVER, 0).following(SERVER);
      fixture.command(EngineFixture.local(9));
      fixture.run(20);
      assertEquals(2, fixture.system().stratum());
      fixture.silence(SERVER);
      fixture.run(66 * 9);
      assertEquals(9, fixture.system().stratum());
      assertTrue(fixture.system().isSynchronized());
    }

    @Test
    void endsWhenRemoved() {
      fixture.command(EngineFixture.service(true, true), EngineFixture.local(9));
      fixture.command(new EngineCommand.SetLocalReferences(List.of()));
      assertFalse(fixture.system().isSynchronized());
      assertEquals(List.of(), fixture.engine.status(fixture.now()).associations());
    }
  }

  @Nested
  class Managed {
    private AssociationConfig changed(int poll, boolean prefer) {
      AssociationConfig config = EngineFixture.config(SERVER, true);
      PollExponent exponent = new PollExponent(poll);
      return new AssociationConfig(
          config.key(), config.port(), 3, exponent, exponent, false, true, prefer);
    }

    @Test
    void reconfigurationKeepsWhatWasLearnt() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      AssociationStatus before = fixture.row(SERVER);
      fixture.command(new EngineCommand.Reconfigure(changed(5, true)));
      AssociationStatus after = fixture.row(SERVER);
      assertEquals(before.id(), after.id());
      assertEquals(before.reach(), after.reach());
      assertEquals(before.samples(), after.samples());
      assertTrue(fixture.system().isSynchronized());
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(34);
      assertEquals(sent + 1, fixture.all(Output.Send.class).size());
      assertEquals(3, fixture.all(Output.Send.class).getLast().bytes()[0] >> 3);
    }

    @Test
    void mobilizingAgainBeginsAnew() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      int before = fixture.row(SERVER).id();
      fixture.command(new EngineCommand.Mobilize(changed(6, false)));
      assertNotEquals(before, fixture.row(SERVER).id());
      assertEquals(0, fixture.row(SERVER).reach());
      assertEquals(
          List.of(new Output.ReleaseSocket(before)), fixture.all(Output.ReleaseSocket.class));
    }

    @Test
    void switchingOffEndsEverythingAndOnBeginsItAgain() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      fixture.command(EngineFixture.service(false, true));
      assertFalse(fixture.all(Output.SetSynchronized.class).getLast().isSynchronized());
      assertFalse(fixture.system().isSynchronized());
      assertEquals(List.of(), fixture.engine.status(fixture.now()).associations());
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(500);
      assertEquals(sent, fixture.all(Output.Send.class).size());
      fixture.command(EngineFixture.service(true, true));
      fixture.run(20);
      assertTrue(fixture.system().isSynchronized());
    }

    @Test
    void resetsStatistics() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      fixture.command(
          new EngineCommand.ResetStatistics(Optional.of(EngineFixture.config(SERVER, true).key())));
      PacketCounters counters = fixture.row(SERVER).counters();
      assertEquals(0, counters.sent());
      assertEquals(0, counters.received());
      assertEquals(fixture.now().local(), counters.discontinuity());
      assertTrue(fixture.engine.status(fixture.now()).counters().sent() > 0);
      fixture.command(new EngineCommand.ResetStatistics(Optional.empty()));
      assertEquals(0, fixture.engine.status(fixture.now()).counters().sent());
    }
  }
}
