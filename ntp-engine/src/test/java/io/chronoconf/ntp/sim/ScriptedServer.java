package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// A primary server whose clock is true time, with leap seconds and announcements as a test wants
/// them.
public final class ScriptedServer {
  private static final int PRECISION = -22;

  private final InetAddress address;
  private final NtpTimestamp start;
  private final Simulation simulation;
  private final SimulatedNetwork network;
  private final ServerResponder responder;
  private int indicator;
  private int leap;
  private double leapTime = Double.POSITIVE_INFINITY;
  private long answered;

  ScriptedServer(
      InetAddress address,
      Instant start,
      Simulation simulation,
      SimulatedNetwork network,
      RandomGenerator random) {
    this.address = address;
    this.start = NtpTimestamp.of(start);
    this.simulation = simulation;
    this.network = network;
    this.responder = new ServerResponder(random);
    network.attach(address, this::receive);
  }

  InetAddress address() {
    return address;
  }

  long answered() {
    return answered;
  }

  /// Says this leap indicator from now on.
  void announce(int leapIndicator) {
    indicator = leapIndicator;
  }

  /// Leaps when its clock reads `midnight`, or a second before it if that one is left out.
  ///
  /// @param direction 1 inserts, -1 deletes
  void leap(int direction, Instant midnight) {
    leap = direction;
    leapTime = NtpTimestamp.of(midnight).minus(start).toSeconds() - (direction < 0 ? 1 : 0);
  }

  private NtpTimestamp now() {
    boolean hasLeapt = simulation.time() >= leapTime;
    return start.plus(NtpDuration.ofSeconds(simulation.time() - (hasLeapt ? leap : 0)));
  }

  private void receive(Datagram datagram) {
    ByteBuffer packet = ByteBuffer.wrap(datagram.bytes().clone());
    NtpTimestamp now = now();
    ServerSnapshot snapshot =
        new ServerSnapshot(
            indicator,
            1,
            ReferenceId.ofAscii("GPS").bits(),
            NtpDuration.ZERO,
            NtpDuration.ZERO,
            now.plus(NtpDuration.ofSeconds(-1)),
            now,
            PRECISION);
    if (responder.respond(packet, datagram.source().getAddress(), snapshot, now, now)
        instanceof Verdict.Accept) {
      answered++;
      byte[] answer = new byte[packet.remaining()];
      packet.get(answer);
      network.send(datagram.answer(answer));
    }
  }
}
