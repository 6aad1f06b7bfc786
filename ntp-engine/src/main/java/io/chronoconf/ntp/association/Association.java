package io.chronoconf.ntp.association;

import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.filter.FilterSample;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One client association: the peer and the poll process of RFC 5905 sections 9 and 13. Owned by
/// the engine.
///
/// The transmit field of a request is a random number, not a time: it cannot be guessed by who does
/// not see the packet, and it tells nothing about our clock. The time it left is kept here.
public final class Association {
  /// The least that is added to a dispersion at each hop (MINDISP), in seconds.
  public static final double MIN_DISPERSION = 0.005;

  /// As many exchanges as a discipline can use when the association becomes a survivor.
  static final int MAX_RECENT = 16;

  /// Offsets from here on are refused: 68 years, just before differences of stamps turn over.
  static final double OFFSET_LIMIT_SECONDS = 68 * 365.25 * 86400;

  /// Part of the round trip that a clock not yet disciplined may mismeasure.
  private static final double ELAPSED_TOLERANCE = 0.1;

  private record Request(NtpTimestamp nonce, Now originate) {}

  private final int id;
  private final RandomGenerator random;
  private final int precision;
  private final Now start;
  private final ClockFilter filter;
  private final Reach reach;
  private final PollProcess poll;
  private final PacketCounts counts;
  private final Deque<Heard> recent = new ArrayDeque<>();
  private AssociationConfig config;
  private @Nullable Request request;
  private @Nullable NtpPacket packet;
  private @Nullable Exchange exchange;
  private @Nullable InetAddress localAddress;
  private NtpTimestamp lastTransmit = NtpTimestamp.UNKNOWN;
  private boolean isOffsetRefused;

  /// @param id never used before
  /// @param precision of the local clock, log2 seconds
  public Association(
      int id, AssociationConfig config, int precision, Now now, RandomGenerator random) {
    this.id = id;
    this.config = config;
    this.precision = precision;
    this.start = now;
    this.random = random;
    this.filter = new ClockFilter(Math.scalb(1.0, precision));
    this.reach = new Reach(now.monotonic());
    this.poll = new PollProcess(config, now.monotonic(), random);
    this.counts = new PacketCounts(now.local());
  }

  /// Other settings; all that was learnt stays.
  public void reconfigure(AssociationConfig changed, Now now) {
    config = changed;
    poll.reconfigure(changed, now.monotonic());
  }

  /// The packet that is due now. Plans the next one and remembers this one as left at `now`.
  public NtpPacket nextRequest(Now now) {
    if (!poll.isInBurst()) {
      reach.shift(now.monotonic());
      if (!reach.isHeardLately()) {
        filter.addMissing();
      }
    }
    poll.sent(now.monotonic(), reach.isReachable());
    NtpTimestamp nonce = new NtpTimestamp(nonce());
    request = new Request(nonce, now);
    counts.countSent();
    return NtpPacket.request(config.version(), poll.exponent(), nonce);
  }

  private long nonce() {
    long bits = random.nextLong();
    return bits == 0 ? 1 : bits;
  }

  /// When a request left, more exactly.
  public void sent(long nonce, Now stamp) {
    Request pending = request;
    if (pending != null && pending.nonce().bits() == nonce) {
      request = new Request(pending.nonce(), stamp);
    }
  }

  /// An answer may have come. Everything wrong with it is told by the verdict; a good one goes into
  /// the filter.
  ///
  /// @param local the address it was sent to
  /// @param stamp when it arrived
  /// @param frequency correction in force, a ratio
  public Verdict receive(NtpPacket answer, InetAddress local, Now stamp, double frequency) {
    Request pending = request;
    Optional<NtpTimestamp> asked = Optional.ofNullable(pending).map(Request::nonce);
    Verdict identity = PacketTests.identity(answer, asked, lastTransmit);
    if (identity instanceof Verdict.Drop || pending == null) {
      return identity;
    }
    // A second copy of this answer must find nothing that it answers.
    request = null;
    Verdict content = PacketTests.content(answer);
    Optional<KissCode> kiss = answer.kissCode();
    if (kiss.isPresent()) {
      obey(kiss.get(), stamp);
      return content;
    }
    packet = answer;
    localAddress = local;
    exchange = new Exchange(pending.originate(), answer.receive(), answer.transmit(), stamp);
    if (content instanceof Verdict.Drop) {
      return content;
    }
    lastTransmit = answer.transmit();
    return measure(answer, exchange, frequency);
  }

  private void obey(KissCode code, Now now) {
    switch (code) {
      case DENY, RSTR -> poll.stop();
      case RATE -> poll.slowDown(now.monotonic());
    }
  }

  private Verdict measure(NtpPacket answer, Exchange stamps, double frequency) {
    Exchange.Measured measured = stamps.measure(frequency);
    double least = Math.scalb(1.0, Math.max(precision, answer.precision()));
    double elapsed = stamps.destination().monotonic().secondsSince(stamps.originate().monotonic());
    double delay = measured.delay().toSeconds();
    if (elapsed < 0 || delay < -(least + ELAPSED_TOLERANCE * elapsed)) {
      return Verdict.drop(DropReason.BAD_HEADER);
    }
    boolean isFirst = !reach.isReachable();
    reach.hit();
    poll.answered(stamps.destination().monotonic(), isFirst);
    isOffsetRefused = measured.offset().abs().toSeconds() >= OFFSET_LIMIT_SECONDS;
    if (isOffsetRefused) {
      return Verdict.accept();
    }
    double dispersion =
        Math.scalb(1.0, precision)
            + Math.scalb(1.0, answer.precision())
            + ClockFilter.FREQUENCY_TOLERANCE * elapsed;
    filter.add(
        new FilterSample(
            measured.offset(),
            NtpDuration.ofSeconds(Math.max(delay, Math.scalb(1.0, precision))),
            NtpDuration.ofSeconds(dispersion),
            stamps.destination()),
        frequency,
        poll.intervalSeconds());
    remember(answer, stamps);
    return Verdict.accept();
  }

  private void remember(NtpPacket answer, Exchange stamps) {
    if (recent.size() == MAX_RECENT) {
      recent.removeFirst();
    }
    recent.addLast(
        new Heard(
            stamps,
            answer.rootDelay().toSeconds(),
            answer.rootDispersion().toSeconds(),
            answer.precision()));
  }

  /// Root distance of the source at this moment (lambda): the error bound of its time on our side.
  /// In seconds.
  public double rootDistance(FilterEstimate estimate) {
    NtpPacket last = packet;
    double rootDelay = last == null ? 0 : last.rootDelay().toSeconds();
    double rootDispersion = last == null ? 0 : last.rootDispersion().toSeconds();
    double roundTrips = Math.max(rootDelay + estimate.delay().toSeconds(), MIN_DISPERSION);
    return roundTrips / 2
        + rootDispersion
        + estimate.dispersion().toSeconds()
        + estimate.jitter().toSeconds();
  }

  /// What the clock filter says now; empty before the first good answer.
  public Optional<FilterEstimate> estimate(Now now, double frequency) {
    return filter.estimate(now, frequency);
  }

  public int id() {
    return id;
  }

  public AssociationConfig config() {
    return config;
  }

  /// Where requests go and answers must come from.
  public InetSocketAddress remote() {
    return new InetSocketAddress(config.key().address(), config.port());
  }

  /// The local address of the last answer that was one.
  public Optional<InetAddress> localAddress() {
    return Optional.ofNullable(localAddress);
  }

  public Reach reach() {
    return reach;
  }

  public PollProcess poll() {
    return poll;
  }

  public PacketCounts counts() {
    return counts;
  }

  /// The last packet that answered us, kisses that mean something apart.
  public Optional<NtpPacket> packet() {
    return Optional.ofNullable(packet);
  }

  /// The stamps of that packet.
  public Optional<Exchange> exchange() {
    return Optional.ofNullable(exchange);
  }

  /// The last good exchanges, oldest first.
  public List<Heard> recent() {
    return List.copyOf(recent);
  }

  /// Whether the last good answer is too far off to be believed.
  public boolean isOffsetRefused() {
    return isOffsetRefused;
  }

  /// When it last heard, or began.
  public Now lastReceived() {
    return exchange().map(Exchange::destination).orElse(start);
  }

  /// Stratum of the source, 0 to 16; 16 if it is unsynchronized or unheard.
  public int stratum() {
    return packet().map(NtpPacket::effectiveStratum).orElse(16);
  }

  /// Protocol mode of the last packet, 0 before one.
  public int peerMode() {
    return packet().map(NtpPacket::mode).orElse(0);
  }

  /// Leap indicator of the last packet, 3 before one.
  public int leap() {
    return packet().map(NtpPacket::leap).orElse(3);
  }
}
