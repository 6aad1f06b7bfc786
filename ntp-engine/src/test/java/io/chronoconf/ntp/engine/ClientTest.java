package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  private static final String SERVER = "192.0.2.1";

  private final EngineFixture fixture = new EngineFixture();

  private static NtpPacket kiss(NtpTimestamp origin, KissCode code, NtpTimestamp time) {
    return Packets.header(3, 0, code.wireValue(), origin, time, time);
  }

  @Nested
  class Asking {
    @Test
    void sendsNothingBeforeItIsEnabled() {
      fixture.command(new EngineCommand.Mobilize(EngineFixture.config(SERVER, true)));
      fixture.run(1000);
      assertEquals(List.of(), fixture.all(Output.Send.class));
      assertEquals(List.of(), fixture.engine.status(fixture.now()).associations());
    }

    @Test
    void requestsTellNothingButTheirNonce() {
      fixture.following(SERVER).run(20);
      Set<Long> nonces = new HashSet<>();
      for (Output.Send send : fixture.all(Output.Send.class)) {
        byte[] header = Arrays.copyOf(send.bytes(), 40);
        header[2] = 0;
        byte[] expected = new byte[40];
        expected[0] = 4 << 3 | 3;
        assertTrue(Arrays.equals(expected, header), Arrays.toString(header));
        assertEquals(48, send.bytes().length);
        assertEquals(new InetSocketAddress(EngineFixture.address(SERVER), 123), send.destination());
        nonces.add(send.nonce());
      }
      assertEquals(fixture.all(Output.Send.class).size(), nonces.size());
      long time = fixture.now().local().bits() >>> 32;
      assertTrue(nonces.stream().noneMatch(nonce -> Math.abs((nonce >>> 32) - time) < 3600));
    }

    @Test
    void looksAsIfNothingWasHeardYet() {
      fixture.following(SERVER).run(5);
      AssociationStatus row = fixture.row(SERVER);
      assertEquals(ReferenceId.INIT.bits(), row.referenceId());
      assertEquals(16, row.stratum());
      assertEquals(3, row.leap());
      assertEquals(0, row.reach());
      assertEquals(5, row.unreachableSeconds());
      assertEquals(RejectReason.NO_REPLY, row.rejectReason());
      assertEquals(3, row.counters().sent());
    }

    @Test
    void countsWhatTheTransportRefuses() {
      fixture.following(SERVER).run(1);
      Output.Send send = fixture.all(Output.Send.class).getFirst();
      fixture.take(new Input.SendFailed(send.associationId(), send.nonce()));
      assertEquals(0, fixture.row(SERVER).counters().sent());
      assertEquals(1, fixture.row(SERVER).counters().sendFailures());
      assertEquals(1, fixture.engine.status(fixture.now()).counters().sendFailures());
    }
  }

  @Nested
  class Following {
    @Test
    void synchronizesWithinTenSecondsByIburst() {
      fixture.serve(SERVER, 0.05).following(SERVER).run(10);
      SystemStatus system = fixture.system();
      assertTrue(system.isSynchronized());
      assertEquals(2, system.stratum());
      assertEquals(0, system.leap());
      assertEquals(ReferenceId.of(EngineFixture.address(SERVER)).bits(), system.referenceId());
      assertEquals(Optional.of(EngineFixture.config(SERVER, true).key()), system.systemPeer());
      assertEquals(0.05, fixture.error(), 1e-6);
      assertEquals(Selection.SYSTEM_PEER, fixture.row(SERVER).selection());
      assertEquals(64, system.pollSeconds());
    }

    @Test
    void synchronizesWithinAMinuteWithoutIburst() {
      fixture.serve(SERVER, 0.05);
      fixture.command(
          EngineFixture.service(true, true),
          new EngineCommand.Mobilize(EngineFixture.config(SERVER, false)));
      fixture.run(55);
      assertTrue(fixture.system().isSynchronized());
      assertEquals(4, fixture.all(Output.Send.class).size());
    }

    @Test
    void needsFourAnswers() {
      fixture.serve(SERVER, 0.05).following(SERVER).run(5);
      assertEquals(RejectReason.DISTANCE, fixture.row(SERVER).rejectReason());
      assertFalse(fixture.system().isSynchronized());
      fixture.run(2);
      assertTrue(fixture.system().isSynchronized());
    }

    @Test
    void addsUpDelaysAndDispersions() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      SystemStatus system = fixture.system();
      assertEquals(0.001 + 0.002, system.rootDelay().toSeconds(), 1e-4);
      assertTrue(system.rootDispersion().toSeconds() >= 0.002 + 0.005, "at least MINDISP");
      double before = system.rootDispersion().toSeconds();
      fixture.silence(SERVER);
      fixture.run(100);
      assertEquals(100 * 15e-6, fixture.system().rootDispersion().toSeconds() - before, 1e-6);
    }

    @Test
    void showsTheExchange() {
      fixture.serve(SERVER, 0).following(SERVER).run(10);
      AssociationStatus row = fixture.row(SERVER);
      assertEquals(0.002, row.destination().minus(row.originate()).toSeconds(), 1e-6);
      assertEquals(0.001, row.receive().minus(row.originate()).toSeconds(), 1e-6);
      assertEquals(0.002, row.delay().toSeconds(), 1e-6);
      assertEquals(1, row.reach());
      assertEquals(4, row.peerMode());
      assertEquals(5, row.samples().size());
      assertEquals(row.counters().sent(), row.counters().received());
    }

    @Test
    void publishesWhatItServes() {
      fixture.serve(SERVER, 0).following(SERVER);
      assertFalse(fixture.all(Output.PublishSnapshot.class).getLast().snapshot().isSynchronized());
      fixture.run(10);
      assertEquals(2, fixture.all(Output.PublishSnapshot.class).getLast().snapshot().stratum());
      assertTrue(fixture.all(Output.SetSynchronized.class).getLast().isSynchronized());
    }

    @Test
    void losesSynchronizationWhenTheServerIsSilentForEightPolls() {
      fixture.serve(SERVER, 0).following(SERVER).run(100);
      fixture.silence(SERVER);
      fixture.run(6 * 66);
      assertTrue(fixture.system().isSynchronized());
      fixture.run(4 * 66);
      assertFalse(fixture.system().isSynchronized());
      assertEquals(16, fixture.system().stratum());
      assertEquals(3, fixture.system().leap());
      assertEquals(
          List.of(true, false),
          fixture.events(EngineEvent.SynchronizationChanged.class).stream()
              .map(EngineEvent.SynchronizationChanged::isSynchronized)
              .toList());
      assertEquals(1, fixture.all(Output.ReleaseSocket.class).size(), "begins on a fresh port");
    }

    @Test
    void tellsWhichSourceWasWonAndLost() {
      fixture.serve(SERVER, 0).following(SERVER).run(10);
      Optional<AssociationKey> key = Optional.of(EngineFixture.config(SERVER, true).key());
      fixture.command(new EngineCommand.Demobilize(key.orElseThrow()));
      assertEquals(
          List.of(
              new EngineEvent.SynchronizationChanged(true, key, Optional.empty()),
              new EngineEvent.SynchronizationChanged(
                  false, key, Optional.of(EngineEvent.Loss.SERVER_DELETED))),
          fixture.events(EngineEvent.SynchronizationChanged.class));
      assertEquals(
          List.of(
              new EngineEvent.SystemPeerChanged(Optional.empty(), key, 2),
              new EngineEvent.SystemPeerChanged(key, Optional.empty(), 16)),
          fixture.events(EngineEvent.SystemPeerChanged.class));
      assertEquals(
          List.of(new EngineEvent.StratumChanged(16, 2), new EngineEvent.StratumChanged(2, 16)),
          fixture.events(EngineEvent.StratumChanged.class));
    }

    @Test
    void losesSynchronizationWhenTheServerIsRemoved() {
      fixture.serve(SERVER, 0).following(SERVER).run(10);
      fixture.command(new EngineCommand.Demobilize(EngineFixture.config(SERVER, true).key()));
      assertFalse(fixture.system().isSynchronized());
      assertEquals(List.of(), fixture.engine.status(fixture.now()).associations());
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(300);
      assertEquals(sent, fixture.all(Output.Send.class).size());
    }

    @Test
    void losesSynchronizationWhenTheServerHasNone() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      fixture.serve(SERVER, 0, 0, 0, UnaryOperator.identity());
      fixture.run(70);
      assertFalse(fixture.system().isSynchronized());
      assertEquals(RejectReason.UNSYNCHRONIZED, fixture.row(SERVER).rejectReason());
      assertEquals(16, fixture.row(SERVER).stratum());
    }

    @ParameterizedTest
    @CsvSource({"1,true", "14,true", "15,false"})
    void followsStrataBelowFifteen(int stratum, boolean isFollowed) {
      fixture.serve(SERVER, 0, stratum, 0x0a000001, UnaryOperator.identity());
      fixture.following(SERVER).run(20);
      assertEquals(isFollowed, fixture.system().isSynchronized());
      assertEquals(
          isFollowed ? RejectReason.NONE : RejectReason.STRATUM,
          fixture.row(SERVER).rejectReason());
      assertEquals(isFollowed ? stratum + 1 : 16, fixture.system().stratum());
    }

    @Test
    void doesNotFollowWhoFollowsUs() {
      int own = ReferenceId.of(EngineFixture.OWN).bits();
      fixture.serve(SERVER, 0, 3, own, UnaryOperator.identity()).following(SERVER).run(20);
      assertEquals(RejectReason.LOOP, fixture.row(SERVER).rejectReason());
      assertFalse(fixture.system().isSynchronized());
    }

    @Test
    void doesNotFollowAcrossADistance() {
      fixture.serve(SERVER, 0, 1, 0, packet -> Packets.withRoot(packet, 1, 1.2));
      fixture.following(SERVER).run(20);
      assertEquals(RejectReason.DISTANCE, fixture.row(SERVER).rejectReason());
    }

    @Test
    void refusesOffsetsOfSixtyEightYears() {
      double years = 68 * 365.25 * 86400;
      fixture.serve(SERVER, years + 100).following(SERVER).run(20);
      assertEquals(RejectReason.OFFSET_68_YEARS, fixture.row(SERVER).rejectReason());
      assertFalse(fixture.system().isSynchronized());
      assertEquals(List.of(), fixture.all(Output.StepClock.class));
    }

    @Test
    void aConfiguredServerIsAskedForEver() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      int id = fixture.row(SERVER).id();
      fixture.silence(SERVER);
      fixture.run(7 * 86_400);
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(70);
      assertEquals(sent + 1, fixture.all(Output.Send.class).size());
      assertEquals(id, fixture.row(SERVER).id());
    }

    @Test
    void aSampleIsAsUncertainAsBothClocksTheRoundTripAndItsAge() {
      fixture.serve(SERVER, 0).following(SERVER).run(0.25);
      double clocks = Math.scalb(1.0, EngineFixture.PRECISION) + Math.scalb(1.0, -22);
      double age = fixture.now().local().minus(fixture.row(SERVER).destination()).toSeconds();
      assertEquals(
          clocks + 15e-6 * (0.002 + age),
          fixture.row(SERVER).samples().getFirst().dispersion().toSeconds(),
          1e-9);
      fixture.silence(SERVER);
      double before = fixture.row(SERVER).samples().getLast().dispersion().toSeconds();
      fixture.run(60);
      double after = fixture.row(SERVER).samples().getLast().dispersion().toSeconds();
      assertEquals(60 * 15e-6, after - before, 1e-9);
    }

    @Test
    void aDelayIsNeverBelowPrecision() {
      // The server says that it kept the request for as long as the answer took to come.
      fixture.serve(
          SERVER,
          0,
          1,
          0,
          packet ->
              Packets.answer(
                  packet.origin(),
                  packet.receive(),
                  packet.receive().plus(NtpDuration.ofSeconds(0.002))));
      fixture.following(SERVER).run(0.25);
      assertEquals(
          Math.scalb(1.0, EngineFixture.PRECISION), fixture.row(SERVER).delay().toSeconds(), 1e-9);
    }

    @Test
    void aSampleMovesTheClockOnce() {
      fixture.serve(SERVER, 0.01).following(SERVER).run(20);
      int adjusted = fixture.all(Output.AdjustClock.class).size();
      fixture.command(EngineFixture.local(9));
      fixture.command(EngineFixture.local(10));
      fixture.run(20);
      assertEquals(adjusted, fixture.all(Output.AdjustClock.class).size());
      fixture.run(40);
      assertEquals(adjusted + 1, fixture.all(Output.AdjustClock.class).size());
    }

    @Test
    void threeSilentPollsMakeWhatIsKnownWorthLess() {
      fixture.serve(SERVER, 0).following(SERVER).run(20);
      double before = fixture.row(SERVER).dispersion().toSeconds();
      fixture.silence(SERVER);
      fixture.run(64 * 5);
      assertTrue(fixture.row(SERVER).dispersion().toSeconds() > before + 0.05);
    }
  }

  @Nested
  class Choosing {
    @Test
    void castsTheFalsetickerOut() {
      fixture.serve("192.0.2.1", 0.0).serve("192.0.2.2", 0.0001).serve("192.0.2.3", 0.5);
      fixture.following("192.0.2.3", "192.0.2.1", "192.0.2.2").run(20);
      assertEquals(Selection.FALSETICKER, fixture.row("192.0.2.3").selection());
      assertEquals(
          Set.of(Selection.SYSTEM_PEER, Selection.CANDIDATE),
          Set.of(fixture.row("192.0.2.1").selection(), fixture.row("192.0.2.2").selection()));
      assertEquals(List.of(), fixture.all(Output.StepClock.class), "the first to answer lied");
    }

    @Test
    void followsNobodyWithoutAMajority() {
      fixture.serve("192.0.2.1", 0.0).serve("192.0.2.2", 0.5);
      fixture.following("192.0.2.1", "192.0.2.2").run(60);
      assertFalse(fixture.system().isSynchronized());
      assertEquals(RejectReason.FALSETICKER, fixture.row("192.0.2.1").rejectReason());
    }

    @Test
    void goesOnWithTheOtherWhenOneIsGone() {
      fixture.serve("192.0.2.1", 0.0).serve("192.0.2.2", 0.0001);
      fixture.following("192.0.2.1", "192.0.2.2").run(20);
      fixture.command(new EngineCommand.Demobilize(EngineFixture.config("192.0.2.1", true).key()));
      assertTrue(fixture.system().isSynchronized());
      assertEquals(
          ReferenceId.of(EngineFixture.address("192.0.2.2")).bits(),
          fixture.system().referenceId());
    }
  }

  @Nested
  class UnderAttack {
    private Output.Send last() {
      return fixture.all(Output.Send.class).getLast();
    }

    private NtpPacket answer(long origin) {
      return Packets.answer(new NtpTimestamp(origin), fixture.trueTime(), fixture.trueTime());
    }

    @Test
    void takesAnAnswerOnce() {
      fixture.following(SERVER).run(1);
      NtpPacket answer = answer(last().nonce());
      fixture.receive(last(), answer);
      fixture.receive(last(), answer);
      assertEquals(1, fixture.engine.dropped(DropReason.DUPLICATE));
      assertEquals(1, fixture.row(SERVER).samples().size());
      assertEquals(2, fixture.row(SERVER).counters().received());
      assertEquals(1, fixture.row(SERVER).counters().dropped());
      NtpPacket changed =
          Packets.answer(
              new NtpTimestamp(last().nonce()), fixture.trueTime(), new NtpTimestamp(99));
      fixture.receive(last(), changed);
      assertEquals(1, fixture.engine.dropped(DropReason.BOGUS), "the question was answered");
    }

    @Test
    void dropsForgedAndLateAnswers() {
      fixture.following(SERVER).run(1);
      Output.Send first = last();
      fixture.receive(first, answer(first.nonce() ^ 1));
      fixture.run(2);
      assertNotEquals(first.nonce(), last().nonce());
      fixture.receive(first, answer(first.nonce()));
      assertEquals(2, fixture.engine.dropped(DropReason.BOGUS));
      assertEquals(0, fixture.row(SERVER).reach());
    }

    @Test
    void dropsAnswersFromElsewhere() {
      fixture.following(SERVER).run(1);
      InetSocketAddress otherPort = new InetSocketAddress(EngineFixture.address(SERVER), 124);
      InetSocketAddress otherHost = new InetSocketAddress(EngineFixture.address("192.0.2.9"), 123);
      fixture.receive(last().associationId(), otherPort, answer(last().nonce()));
      fixture.receive(last().associationId(), otherHost, answer(last().nonce()));
      fixture.receive(4711, last().destination(), answer(last().nonce()));
      assertEquals(3, fixture.engine.dropped(DropReason.WRONG_SOURCE));
      assertEquals(3, fixture.engine.status(fixture.now()).counters().dropped());
    }

    @Test
    void obeysNoForgedKiss() {
      fixture.serve(SERVER, 0).following(SERVER).run(30);
      fixture.silence(SERVER);
      fixture.run(64);
      NtpTimestamp time = fixture.trueTime();
      fixture.receive(last(), kiss(new NtpTimestamp(1), KissCode.DENY, time));
      fixture.receive(last(), kiss(NtpTimestamp.UNKNOWN, KissCode.RATE, time));
      assertEquals(6, fixture.row(SERVER).poll());
      assertTrue(fixture.system().isSynchronized());
      assertEquals(List.of(), fixture.events(EngineEvent.KissReceived.class));
    }

    @Test
    void asksLessOftenWhenToldSo() {
      fixture.following(SERVER).run(1);
      fixture.receive(
          last(), kiss(new NtpTimestamp(last().nonce()), KissCode.RATE, fixture.trueTime()));
      assertEquals(7, fixture.row(SERVER).poll());
      assertEquals(List.of(), fixture.row(SERVER).samples(), "its stamps are no time");
      assertEquals(0, fixture.row(SERVER).reach());
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(120);
      assertEquals(sent, fixture.all(Output.Send.class).size(), "the burst is over");
      fixture.run(12);
      assertEquals(sent + 1, fixture.all(Output.Send.class).size());
      assertEquals(KissCode.RATE, fixture.events(EngineEvent.KissReceived.class).getLast().code());
    }

    @Test
    void anUnknownKissOnlySaysThatThereIsNoTime() {
      fixture.serve(SERVER, 0).following(SERVER).run(30);
      fixture.serve(SERVER, 0, 0, ReferenceId.STEP.bits(), UnaryOperator.identity());
      fixture.run(70);
      assertEquals(RejectReason.UNSYNCHRONIZED, fixture.row(SERVER).rejectReason());
      assertEquals(ReferenceId.STEP.bits(), fixture.row(SERVER).referenceId());
      fixture.serve(SERVER, 0).run(70);
      assertTrue(fixture.system().isSynchronized());
    }

    @ParameterizedTest
    @CsvSource({"DENY", "RSTR"})
    void stopsWhenSentAway(KissCode code) {
      fixture.serve(SERVER, 0).following(SERVER).run(30);
      fixture.silence(SERVER);
      fixture.run(64);
      fixture.receive(last(), kiss(new NtpTimestamp(last().nonce()), code, fixture.trueTime()));
      assertEquals(RejectReason.KISS, fixture.row(SERVER).rejectReason());
      assertFalse(fixture.system().isSynchronized());
      int sent = fixture.all(Output.Send.class).size();
      fixture.run(10_000);
      assertEquals(sent, fixture.all(Output.Send.class).size());
    }

    @Test
    void survivesRubbish() {
      fixture.following(SERVER).run(1);
      fixture.take(
          new Input.Received(
              SocketKind.CLIENT,
              last().associationId(),
              "",
              0,
              EngineFixture.OWN,
              EngineFixture.OWN_PORT,
              true,
              last().destination(),
              new byte[17],
              fixture.now(),
              0));
      assertEquals(1, fixture.engine.dropped(DropReason.MALFORMED));
    }
  }
}
