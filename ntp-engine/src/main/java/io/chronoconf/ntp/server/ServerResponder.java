package io.chronoconf.ntp.server;

import static io.chronoconf.ntp.packet.PacketLayout.HEADER_LENGTH;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.packet.TrailingFields;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Turns a client's request into the answer, in the same buffer (RFC 5905 section 9.2, FXMIT), and
/// likewise a packet of a symmetric active peer that no association is formed with. One per thread:
/// it owns a generator of random bits and what it knows of clients that ask for interleaved
/// answers, and allocates nothing.
///
/// An answer is never longer than its request, so nobody can use it to amplify traffic.
public final class ServerResponder {
  /// How fast an undisciplined clock may go wrong, per second (RFC 5905 section 4, PHI).
  private static final double FREQUENCY_TOLERANCE = 15e-6;

  private final RandomGenerator random;
  private final Authenticator authenticator = new Authenticator();
  private final InterleavedClients clients;

  /// @param random for the bits below precision only: need not be cryptographically strong
  public ServerResponder(RandomGenerator random) {
    this.random = random;
    this.clients = new InterleavedClients(random.nextLong());
  }

  /// Whoever can tell when answers left tells it here; as long as nobody does, none is interleaved.
  public InterleavedClients clients() {
    return clients;
  }

  /// Judges and seals by these keys from now on.
  public void use(KeyRing keys) {
    authenticator.use(keys);
  }

  /// Answers in place. On success the buffer holds the answer from position to limit, which is
  /// never longer than the request was. The caller drops what was not sent to a unicast address.
  ///
  /// @param packet the request from position to limit, in an array; big-endian; unchanged by a
  ///   refusal
  /// @param client where it came from
  /// @param snapshot what we say of ourselves
  /// @param receive when it arrived, local time
  /// @param transmit when the answer leaves, local time
  /// @return whether there is an answer, or why not
  public Verdict respond(
      ByteBuffer packet,
      InetAddress client,
      ServerSnapshot snapshot,
      NtpTimestamp receive,
      NtpTimestamp transmit) {
    int start = packet.position();
    int end = packet.limit();
    Verdict verdict = judge(packet);
    if (!(verdict instanceof Verdict.Accept)) {
      return verdict;
    }
    int macStart = TrailingFields.macStart(packet, start, end);
    if (macStart == end) {
      write(packet, client, snapshot, receive.bits(), transmit.bits());
      return verdict;
    }
    // A MAC asks for an answer with the same key; who cannot be given one gets none.
    int offset = packet.arrayOffset();
    Optional<AuthenticationKey> key =
        authenticator.sealOf(packet.array(), offset + start, offset + macStart, offset + end);
    if (key.isEmpty()) {
      return Verdict.drop(DropReason.AUTHENTICATION);
    }
    write(packet, client, snapshot, receive.bits(), transmit.bits());
    authenticator.seal(packet, key.get());
    return verdict;
  }

  private static Verdict judge(ByteBuffer packet) {
    int start = packet.position();
    int end = packet.limit();
    if (end - start < HEADER_LENGTH || end - start > PacketLayout.MAX_PACKET_LENGTH) {
      return Verdict.drop(DropReason.MALFORMED);
    }
    byte flags = packet.get(start);
    int version = PacketLayout.version(flags);
    if (version < PacketLayout.MIN_VERSION || version > PacketLayout.MAX_VERSION) {
      return Verdict.drop(DropReason.MALFORMED);
    }
    int mode = PacketLayout.mode(flags);
    if (mode != PacketLayout.MODE_CLIENT && mode != PacketLayout.MODE_SYMMETRIC_ACTIVE) {
      return Verdict.drop(DropReason.MODE);
    }
    int macStart = TrailingFields.macStart(packet, start, end);
    return macStart < 0 ? Verdict.drop(DropReason.MALFORMED) : Verdict.accept();
  }

  private void write(
      ByteBuffer packet, InetAddress client, ServerSnapshot snapshot, long receive, long transmit) {
    int at = packet.position();
    byte asked = packet.get(at);
    int mode =
        PacketLayout.mode(asked) == PacketLayout.MODE_CLIENT
            ? PacketLayout.MODE_SERVER
            : PacketLayout.MODE_SYMMETRIC_PASSIVE;
    packet.put(at, PacketLayout.flags(snapshot.leap(), PacketLayout.version(asked), mode));
    packet.put(at + PacketLayout.STRATUM, (byte) snapshot.stratum());
    // The poll field stays as it came: it is echoed.
    packet.put(at + PacketLayout.PRECISION, (byte) snapshot.precision());
    packet.putInt(at + PacketLayout.ROOT_DELAY, PacketLayout.toShort(snapshot.rootDelay()));
    packet.putInt(at + PacketLayout.ROOT_DISPERSION, dispersion(snapshot, receive));
    packet.putInt(at + PacketLayout.REFERENCE_ID, snapshot.referenceId());
    packet.putLong(at + PacketLayout.REFERENCE, snapshot.reference().bits());
    long received = fuzzed(receive, snapshot.precision());
    long sent = fuzzed(transmit, snapshot.precision());
    // Random bits must not make the answer leave before the request came, nor at the same time: who
    // brings back the transmit stamp must not seem to bring back the receive stamp.
    boolean isTooSoon = transmit - receive >= 0 && sent - received <= 0;
    writeStamps(packet, client, received, isTooSoon ? received + 1 : sent);
    packet.limit(at + HEADER_LENGTH);
  }

  /// Origin, receive and transmit of a basic answer, or of an interleaved one if it was asked for
  /// (RFC 9769 section 2).
  private void writeStamps(ByteBuffer packet, InetAddress client, long received, long sent) {
    int at = packet.position();
    long askedOrigin = packet.getLong(at + PacketLayout.ORIGIN);
    long askedReceive = packet.getLong(at + PacketLayout.RECEIVE);
    long askedTransmit = packet.getLong(at + PacketLayout.TRANSMIT);
    long origin = askedTransmit;
    long receive = received;
    long transmit = sent;
    boolean isClient = PacketLayout.mode(packet.get(at)) == PacketLayout.MODE_SERVER;
    if (isClient && askedOrigin != 0 && askedReceive != 0 && askedReceive != askedTransmit) {
      int entry = clients.entry(client);
      long trueTransmit = clients.transmit(entry, askedOrigin);
      receive = clients.unique(entry, received);
      clients.give(entry, receive);
      if (trueTransmit != 0) {
        origin = askedReceive;
        transmit = trueTransmit;
      }
    }
    packet.putLong(at + PacketLayout.ORIGIN, origin);
    packet.putLong(at + PacketLayout.RECEIVE, receive);
    packet.putLong(at + PacketLayout.TRANSMIT, transmit);
  }

  private static int dispersion(ServerSnapshot snapshot, long receive) {
    if (!snapshot.isSynchronized()) {
      return PacketLayout.toShort(snapshot.rootDispersion());
    }
    long age = Math.max(receive - snapshot.computed().bits(), 0);
    long grown = snapshot.rootDispersion().units() + (long) (age * FREQUENCY_TOLERANCE);
    return PacketLayout.toShort(grown);
  }

  /// Replaces the bits that the clock cannot resolve by random ones (RFC 5905 section 6), so that a
  /// stamp cannot be guessed and no two are the same. Zero would mean "unknown".
  private long fuzzed(long stamp, int precision) {
    int meaningless = Math.clamp(32 + precision, 0, 31);
    long mask = (1L << meaningless) - 1;
    long fuzzed = (stamp & ~mask) | (random.nextLong() & mask);
    return fuzzed == 0 ? 1 : fuzzed;
  }
}
