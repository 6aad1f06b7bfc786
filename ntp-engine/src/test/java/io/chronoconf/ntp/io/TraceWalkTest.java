package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.Trace;
import io.chronoconf.ntp.sim.EngineLab;
import io.chronoconf.ntp.sim.EngineNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceWalkTest {
  private final Devices devices = new Devices();

  /// Devices that answer queries, and time that passes only while one waits for them.
  private static final class Devices implements UdpTransport, RawSource {
    /// By address: what the system says, and its peer.
    private final Map<String, List<String>> answers = new HashMap<>();

    private final Deque<Datagram> arrived = new ArrayDeque<>();
    private long nanos;
    private int asked;

    void answer(String address, String system, String peer) {
      answers.put(address, List.of(system, peer));
    }

    @Override
    public UdpSocket open(SocketRequest request) {
      return new UdpSocket() {
        @Override
        public InetSocketAddress localAddress() {
          return request.local();
        }

        @Override
        public String networkInstance() {
          return request.networkInstance();
        }

        @Override
        public void setTrafficClass(int octet) {}

        @Override
        public int send(List<Outgoing> datagrams) {
          datagrams.forEach(each -> ask(this, each));
          return 0;
        }

        @Override
        public void close() {}
      };
    }

    private void ask(UdpSocket socket, Outgoing query) {
      asked++;
      List<String> known = answers.get(query.to().getAddress().getHostAddress());
      if (known == null) {
        return;
      }
      ByteBuffer header = ByteBuffer.wrap(query.payload());
      int association = header.getShort(6);
      byte[] text = known.get(association == 0 ? 0 : 1).getBytes(StandardCharsets.US_ASCII);
      byte[] answer =
          ByteBuffer.allocate(12 + text.length)
              .put((byte) 0x26)
              .put((byte) (text.length == 0 ? 0xc2 : 0x82))
              .putShort(header.getShort(2))
              .putShort((short) 0)
              .putShort((short) association)
              .putShort((short) 0)
              .putShort((short) text.length)
              .put(text)
              .array();
      InetAddress any = InetAddress.ofLiteral("0.0.0.0");
      arrived.add(new Datagram(socket, query.to(), any, 0, true, true, 0, answer, nanos));
    }

    @Override
    public List<Datagram> receive(long waitNanos) {
      if (arrived.isEmpty()) {
        nanos += waitNanos;
        return List.of();
      }
      return List.of(arrived.remove());
    }

    @Override
    public boolean stampsTransmissions() {
      return false;
    }

    @Override
    public List<TransmitStamp> takeTransmitStamps() {
      return List.of();
    }

    @Override
    public boolean tellsDestination() {
      return false;
    }

    @Override
    public void wakeUp() {}

    @Override
    public void close() {}

    @Override
    public long rawNanos() {
      return nanos;
    }

    @Override
    public long realNanos() {
      return nanos;
    }
  }

  /// Of a device that follows 10.0.0.1.
  private static EngineStatus follower() {
    EngineLab lab = new EngineLab(1);
    EngineNode node = lab.node(InetAddress.ofLiteral("10.0.0.9"), 0, 0);
    InetAddress server = InetAddress.ofLiteral("10.0.0.1");
    lab.server(server);
    lab.link(node.address(), server);
    node.apply(List.of(EngineLab.client(server)));
    lab.run(100);
    return node.status();
  }

  private Trace walk() throws IOException {
    return new TraceWalk(devices, devices, new SplittableRandom(1), TraceWalk.Source.ANY)
        .walk(follower());
  }

  private static List<String> servers(Trace trace) {
    return trace.hops().stream()
        .map(hop -> hop.server().getHostAddress() + " " + hop.stratum())
        .toList();
  }

  @Test
  void goesFromPeerToPeerUpToThePrimary() throws IOException {
    devices.answer(
        "10.0.0.1",
        "stratum=2,rootdelay=3.0,rootdisp=5.5,refid=10.0.0.2,peer=7,sys_jitter=0.25",
        "srcadr=10.0.0.2,srcport=123");
    devices.answer("10.0.0.2", "stratum=1, refid=GPS, rootdelay=0, rootdisp=1", "");
    Trace trace = walk();
    assertEquals(List.of("127.0.0.1 2", "10.0.0.1 2", "10.0.0.2 1"), servers(trace));
    assertEquals("GPS", trace.referenceId());
    assertEquals(Optional.empty(), trace.end());
    assertEquals(0.007, trace.hops().get(1).distance(), 1e-9);
    assertEquals(0.00025, trace.hops().get(1).jitter(), 1e-9);
  }

  @Test
  void endsWhereNobodyAnswersAfterThreeQuestions() throws IOException {
    Trace trace = walk();
    assertEquals(List.of("127.0.0.1 2"), servers(trace));
    assertEquals(Optional.of(Trace.End.TIMEOUT), trace.end());
    assertEquals(3, devices.asked);
  }

  @Test
  void endsWhereTheAnswerIsRefused() throws IOException {
    devices.answer("10.0.0.1", "", "");
    assertEquals(Optional.of(Trace.End.REFUSED), walk().end());
  }

  @Test
  void endsInALoop() throws IOException {
    devices.answer("10.0.0.1", "stratum=3,refid=1.2.3.4,peer=1", "srcadr=10.0.0.2");
    devices.answer("10.0.0.2", "stratum=3,refid=1.2.3.4,peer=1", "srcadr=10.0.0.1");
    Trace trace = walk();
    assertEquals(List.of("127.0.0.1 2", "10.0.0.1 3", "10.0.0.2 3"), servers(trace));
    assertEquals(Optional.of(Trace.End.LOOP), trace.end());
  }

  @Test
  void endsWhereNonsenseIsSaid() throws IOException {
    devices.answer("10.0.0.1", "stratum=2,refid=1.2.3.4,peer=1", "srcadr=nowhere");
    assertEquals(Optional.of(Trace.End.REFUSED), walk().end());
    devices.answer("10.0.0.1", "stratum=NaN,peer=x", "");
    assertEquals(Optional.empty(), walk().end());
  }
}
