package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerStampsTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress TWO = InetAddress.ofLiteral("192.0.2.2");
  private static final NtpTimestamp STRANGE = new NtpTimestamp(5);
  private static final ServerSnapshot SNAPSHOT = ServerSnapshot.unsynchronized(-20);

  private final FakeSource source = new FakeSource(1_800_000_000_000_000_000L);
  private final VirtualClock clock = VirtualClock.start(source, NtpDuration.ZERO, 0);
  private final ServerResponder responder = new ServerResponder(new SplittableRandom(1));
  private final AnswerStamps stamps = new AnswerStamps(clock, responder.clients(), true);
  private final UdpSocket socket = new SilentSocket();
  private long nonces = 100;

  private static final class SilentSocket implements UdpSocket {
    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress(123);
    }

    @Override
    public String networkInstance() {
      return "";
    }

    @Override
    public void setTrafficClass(int octet) {}

    @Override
    public int send(List<Outgoing> datagrams) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private NtpTimestamp answer(InetAddress client, NtpTimestamp origin, int field) {
    NtpPacket request =
        NtpPacket.request(4, 6, origin, new NtpTimestamp(nonces++), new NtpTimestamp(nonces++));
    ByteBuffer buffer = ByteBuffer.wrap(NtpPacketEncoder.encode(request));
    NtpTimestamp now = clock.now().local();
    responder.respond(buffer, client, SNAPSHOT, now, now);
    return new NtpTimestamp(buffer.getLong(field));
  }

  private NtpTimestamp receive(InetAddress client, NtpTimestamp origin) {
    return answer(client, origin, PacketLayout.RECEIVE);
  }

  /// The receive stamp of an answer to a client that asks interleaved from now on.
  private NtpTimestamp proved(InetAddress client) {
    NtpTimestamp first = receive(client, STRANGE);
    assertFalse(stamps.isAsked(socket, false), "nobody knows yet whether it is worth it");
    return receive(client, first);
  }

  private NtpTimestamp transmit(InetAddress client, NtpTimestamp origin) {
    return answer(client, origin, PacketLayout.TRANSMIT);
  }

  private boolean left(long number, long agoNanos) {
    return stamps.take(new TransmitStamp(socket, number, source.rawNanos() - agoNanos));
  }

  private NtpTimestamp ago(long nanos) {
    return clock.at(source.rawNanos() - nanos).local();
  }

  @Test
  void aStampGoesToTheClientWhoseAnswerItIsOf() {
    NtpTimestamp one = proved(ONE);
    assertTrue(stamps.isAsked(socket, false));
    NtpTimestamp two = proved(TWO);
    assertTrue(stamps.isAsked(socket, false));
    source.advance(1_000_000);
    left(1, 300);
    left(0, 700);
    assertEquals(ago(700), transmit(ONE, one));
    assertEquals(ago(300), transmit(TWO, two));
  }

  @Test
  void aBetterStampReplacesTheFirst() {
    NtpTimestamp one = proved(ONE);
    assertTrue(stamps.isAsked(socket, true));
    source.advance(1_000_000);
    assertTrue(left(0, 700));
    assertFalse(left(0, 400), "one sample");
    assertEquals(ago(400), transmit(ONE, one));
  }

  @Test
  void samplesAreToldFromAnswersOfClients() {
    receive(ONE, NtpTimestamp.UNKNOWN);
    assertTrue(stamps.isAsked(socket, true));
    proved(ONE);
    assertTrue(stamps.isAsked(socket, false));
    assertTrue(left(0, 0));
    assertFalse(left(1, 0));
    assertFalse(left(0, 0), "once");
    assertFalse(left(7, 0), "never asked for");
  }

  @Test
  void afterARefusalItLooksWhereTheKernelIs() {
    NtpTimestamp one = proved(ONE);
    assertTrue(stamps.isAsked(socket, false));
    stamps.refused(socket);
    left(0, 0);
    NtpTimestamp next = receive(ONE, one);
    assertFalse(stamps.isAsked(socket, false), "earlier stamps may still come");
    source.advance(2_000_000_000L);
    next = receive(ONE, next);
    assertTrue(stamps.isAsked(socket, false));
    left(5, -10);
    next = receive(ONE, next);
    assertTrue(stamps.isAsked(socket, false));
    source.advance(1_000);
    left(6, 400);
    assertEquals(ago(400), transmit(ONE, next));
  }

  @Test
  void aTransportWithoutStampsIsNotAskedForAny() {
    AnswerStamps none = new AnswerStamps(clock, responder.clients(), false);
    proved(ONE);
    assertFalse(none.isAsked(socket, false));
    assertFalse(none.isAsked(socket, true));
  }
}
