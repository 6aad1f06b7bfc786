package io.chronoconf.ntp.association;

import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.filter.FilterSample;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One association: the peer and the poll process of RFC 5905 sections 9 and 13. What its mode says
/// and hears is its [Conversation]'s business. Owned by the engine.
public final class Association {
  /// The least that is added to a dispersion at each hop (MINDISP), in seconds.
  public static final double MIN_DISPERSION = 0.005;

  /// As many exchanges as a discipline can use when the association becomes a survivor.
  static final int MAX_RECENT = 16;

  /// A broadcast so many jitters off calls for a question: the route may be another.
  private static final double SURPRISING_JITTERS = 5;

  /// Offsets from here on are refused: 68 years, just before differences of stamps turn over.
  static final double OFFSET_LIMIT_SECONDS = 68 * 365.25 * 86400;

  /// An association formed by a packet ends after so long a silence at least, and after so many of
  /// the other side's intervals.
  static final double LEAST_SILENCE_SECONDS = 720;

  private static final int SILENT_INTERVALS = 3;

  /// A broadcast that is so many intervals late is missing.
  private static final double MISSING_INTERVALS = 1.5;

  /// Part of the round trip that a clock not yet disciplined may mismeasure.
  private static final double ELAPSED_TOLERANCE = 0.1;

  private final int id;
  private final int precision;
  private final ClockFilter filter;
  private final Reach reach;
  private final PollProcess poll;
  private final PacketCounts counts;
  private final Deque<Heard> recent = new ArrayDeque<>();
  private final Conversation conversation;
  private AssociationConfig config;
  private @Nullable NtpPacket packet;
  private @Nullable Exchange exchange;
  private @Nullable InetAddress localAddress;
  private int lastInterface;
  private Now lastHeard;
  private Now lastAnswered;
  private double silenceLimit = LEAST_SILENCE_SECONDS;
  private boolean isOffsetRefused;
  private Authenticator.Result authentication = Authenticator.Result.NOT_PERFORMED;
  private boolean isAnsweredAtOnce;
  private boolean isAccessDenied;

  /// @param id never used before
  /// @param precision of the local clock, log2 seconds
  public Association(
      int id, AssociationConfig config, int precision, Now now, RandomGenerator random) {
    this.id = id;
    this.config = config;
    this.precision = precision;
    this.lastHeard = now;
    this.lastAnswered = now;
    this.conversation = conversation(config, precision, random);
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

  private static Conversation conversation(
      AssociationConfig config, int precision, RandomGenerator random) {
    AssociationMode mode = config.key().mode();
    double interval = config.minPoll().seconds();
    return switch (mode) {
      case CLIENT ->
          config.search().isPresent()
              ? new ManycastConversation(config.search().get(), interval, random)
              : new ClientConversation(random);
      case SYMMETRIC_ACTIVE, SYMMETRIC_PASSIVE ->
          new SymmetricConversation(mode, precision, random);
      case BROADCAST_SERVER -> new BroadcastServerConversation(precision, interval, random);
      case BROADCAST_CLIENT -> new BroadcastClientConversation(random);
      case SERVER -> throw new IllegalArgumentException("there are no associations of mode SERVER");
    };
  }

  /// The mode that packets are judged by (RFC 5905 figure 20).
  public AssociationMode mode() {
    return conversation.mode();
  }

  /// The packet that is due now, if this mode has something to say. Plans the next one and
  /// remembers this one as left at `now`.
  ///
  /// @param own what the system variables say of us, see [NtpPacket#own]
  /// @param frequency correction in force, a ratio
  /// @param survivors associations that the last selection left
  public Optional<NtpPacket> next(NtpPacket own, double frequency, int survivors, Now now) {
    if (conversation.pace().isPresent()) {
      return speak(own, frequency, survivors, now);
    }
    if (!poll.isInBurst() && !poll.isAnswerDue(now.monotonic())) {
      reach.shift(now.monotonic());
      if (!reach.isHeardLately()) {
        filter.addMissing();
      }
    }
    poll.sent(now.monotonic(), reach.isReachable());
    return speak(own, frequency, survivors, now);
  }

  private Optional<NtpPacket> speak(NtpPacket own, double frequency, int survivors, Now now) {
    Optional<NtpPacket> said =
        conversation.next(
            new Conversation.Turn(
                config.version(), poll.exponent(), own, frequency, survivors, now));
    conversation.pace().ifPresent(seconds -> poll.paced(now.monotonic(), seconds));
    return said;
  }

  /// Time to live or hop limit of the packet that [#next] gave last; 0 for the system's.
  public int ttl() {
    return conversation.ttl() > 0 ? conversation.ttl() : config.ttl();
  }

  /// Whether a packet answers what we said last, without taking it in.
  public boolean isAnswered(NtpPacket heard) {
    return conversation.question().isAnsweredBy(heard);
  }

  /// A broadcast came that is of no use before the path is known: its sender lives.
  public void heardBroadcast(NtpPacket heard, Now stamp) {
    keepPace(heard, false, stamp);
    conversation.missed();
  }

  /// When a packet left, more exactly.
  ///
  /// @param transmit its transmit field
  public void sent(long transmit, Now stamp) {
    conversation.question().stamp(transmit, stamp);
  }

  /// What authentication says of a packet that may be for us. Only what answers us counts, and what
  /// has a good seal: anybody can send what has none.
  public void authenticated(NtpPacket heard, Authenticator.Result result) {
    boolean isBroadcast = mode() == AssociationMode.BROADCAST_CLIENT;
    if (conversation.question().isAnsweredBy(heard)
        || (isBroadcast && result != Authenticator.Result.FAILED)) {
      authentication = result;
    }
  }

  /// Whether the other side may be a source of ours, as of a packet that may be for us.
  public void admitted(NtpPacket heard, boolean isAdmitted) {
    if (conversation.question().isAnsweredBy(heard) || mode() == AssociationMode.BROADCAST_CLIENT) {
      isAccessDenied = !isAdmitted;
    }
  }

  /// Whether the last answer came from one who may not be a source of ours.
  public boolean isAccessDenied() {
    return isAccessDenied;
  }

  /// What authentication says of the last answer.
  public Authenticator.Result authentication() {
    return authentication;
  }

  /// A packet that figure 20 lets through. Everything wrong with it is told by the verdict; a good
  /// one goes into the filter.
  ///
  /// @param local the address it was sent to
  /// @param interfaceIndex by which it came in, 0 if not known
  /// @param stamp when it arrived
  /// @param frequency correction in force, a ratio
  public Verdict receive(
      NtpPacket heard, InetAddress local, int interfaceIndex, Now stamp, double frequency) {
    Conversation.Identified identified = conversation.identify(heard, stamp);
    if (identified.verdict() instanceof Verdict.Drop(DropReason reason)
        && (reason == DropReason.DUPLICATE || !isSymmetric())) {
      return identified.verdict();
    }
    localAddress = local;
    lastInterface = interfaceIndex;
    keepPace(heard, identified.isQuestion(), stamp);
    if (identified.exchange().isEmpty()) {
      return identified.verdict();
    }
    Exchange completed = identified.exchange().get();
    Verdict content = PacketTests.content(heard, completed);
    Optional<KissCode> kiss = heard.kissCode();
    if (kiss.isPresent()) {
      obey(kiss.get(), stamp);
      return content;
    }
    packet = heard;
    exchange = completed;
    lastAnswered = stamp;
    if (content instanceof Verdict.Drop) {
      return content;
    }
    return identified.isInterleaved()
        ? takeInterleaved(identified, heard, completed, stamp, frequency)
        : takeBasic(identified, heard, completed, stamp, frequency);
  }

  private Verdict takeBasic(
      Conversation.Identified identified,
      NtpPacket heard,
      Exchange completed,
      Now stamp,
      double frequency) {
    if (identified.isQuestion() && isAnsweredAtOnce) {
      // A better measurement came or will come: what we sent ourselves is answered at once.
      reach.hit();
      return Verdict.accept();
    }
    isAnsweredAtOnce = !identified.isQuestion();
    boolean isBroadcast = mode() == AssociationMode.BROADCAST_CLIENT;
    if (isBroadcast) {
      reach.shift(stamp.monotonic());
      if (isSurprise(completed, stamp, frequency)) {
        conversation.wonder();
      }
      awaitBroadcast(heard.poll(), stamp);
    }
    Verdict verdict = measure(heard, completed, isBroadcast, stamp, frequency);
    if (!isBroadcast && mode() == AssociationMode.BROADCAST_CLIENT) {
      // The volley is over: from now on the other side polls.
      awaitBroadcast(config.minPoll().log2Seconds(), stamp);
    }
    return verdict;
  }

  private boolean isSurprise(Exchange completed, Now stamp, double frequency) {
    return filter
        .estimate(stamp, frequency)
        .filter(
            best ->
                completed.measure(frequency).offset().minus(best.offset()).abs().toSeconds()
                    > SURPRISING_JITTERS * best.jitter().toSeconds())
        .isPresent();
  }

  private Verdict takeInterleaved(
      Conversation.Identified identified,
      NtpPacket heard,
      Exchange completed,
      Now stamp,
      double frequency) {
    if (identified.isQuestion()) {
      // It is the poll that counts, and our own comes only if the next one is missing.
      reach.shift(stamp.monotonic());
      double missing = MISSING_INTERVALS * poll.intervalSeconds();
      poll.postpone(stamp.monotonic().plusSeconds(missing));
    }
    Verdict verdict = Verdict.accept();
    if (identified.isNew()) {
      verdict = measure(heard, completed, false, stamp, frequency);
    } else {
      answered(stamp);
    }
    if (verdict instanceof Verdict.Accept && !isOffsetRefused) {
      identified
          .provisional()
          .ifPresent(guess -> remember(heard(heard, guess, stamp, true, false)));
    }
    return verdict;
  }

  private void answered(Now stamp) {
    boolean isFirst = !reach.isReachable();
    reach.hit();
    poll.answered(stamp.monotonic(), isFirst);
  }

  /// A broadcast is a poll that the other side made: ours comes only if the next one is missing.
  private void awaitBroadcast(int exponent, Now stamp) {
    double interval =
        Math.scalb(1.0, Math.clamp(exponent, PollExponent.MIN.log2Seconds(), PollProcess.MAX_POLL));
    double wait = conversation.again(interval).orElse(MISSING_INTERVALS * interval);
    poll.postpone(stamp.monotonic().plusSeconds(wait));
  }

  private boolean isSymmetric() {
    return switch (config.key().mode()) {
      case SYMMETRIC_ACTIVE, SYMMETRIC_PASSIVE -> true;
      case CLIENT, SERVER, BROADCAST_SERVER, BROADCAST_CLIENT -> false;
    };
  }

  /// A packet of a peer that is answered but not believed.
  public void answerOnly(NtpPacket heard, InetAddress local, Now stamp) {
    if (isSymmetric()) {
      localAddress = local;
      keepPace(heard, conversation.identify(heard, stamp).isQuestion(), stamp);
    }
  }

  /// Peers poll as often as the one that polls more often.
  private void keepPace(NtpPacket heard, boolean isQuestion, Now stamp) {
    lastHeard = stamp;
    double interval = Math.scalb(1.0, Math.clamp(heard.poll(), 0, PollProcess.MAX_POLL));
    silenceLimit = Math.max(LEAST_SILENCE_SECONDS, SILENT_INTERVALS * interval);
    if (isSymmetric()) {
      poll.limit(interval);
      if (isQuestion) {
        poll.answer(stamp.monotonic());
      }
    }
  }

  /// When an association that was formed by a packet ends, should nothing more be heard.
  public MonotonicTime end() {
    return lastHeard.monotonic().plusSeconds(silenceLimit);
  }

  private void obey(KissCode code, Now now) {
    switch (code) {
      case DENY, RSTR -> poll.stop();
      case RATE -> poll.slowDown(now.monotonic());
    }
  }

  private Verdict measure(
      NtpPacket answer, Exchange stamps, boolean isOneWay, Now stamp, double frequency) {
    Exchange.Measured measured = stamps.measure(frequency);
    double least = Math.scalb(1.0, Math.max(precision, answer.precision()));
    double elapsed =
        Math.abs(stamps.destination().monotonic().secondsSince(stamps.originate().monotonic()));
    double delay = measured.delay().toSeconds();
    boolean isBackwards = stamps.isReversed() && stamps.destination().equals(stamp);
    if (isBackwards || delay < -(least + ELAPSED_TOLERANCE * elapsed)) {
      return Verdict.drop(DropReason.BAD_HEADER);
    }
    answered(stamp);
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
    remember(heard(answer, stamps, stamp, false, isOneWay));
    filter
        .estimate(stamps.destination(), frequency)
        .ifPresent(best -> conversation.measured(best.delay().toSeconds()));
    return Verdict.accept();
  }

  /// The clock leapt with all others' clocks: what was learnt before is told anew in the time scale
  /// after, and an answer that is still on its way is not waited for.
  public void leapt(NtpDuration leap) {
    filter.leapt(leap);
    List<Heard> before = recent();
    recent.clear();
    before.forEach(heard -> recent.addLast(heard.leapt(leap)));
    conversation.forget();
  }

  private static Heard heard(
      NtpPacket answer, Exchange stamps, Now stamp, boolean isProvisional, boolean isOneWay) {
    return new Heard(
        stamps,
        stamp.monotonic(),
        isProvisional,
        answer.rootDelay().toSeconds(),
        answer.rootDispersion().toSeconds(),
        answer.precision(),
        isOneWay);
  }

  private void remember(Heard heard) {
    recent.removeIf(Heard::isProvisional);
    if (recent.size() == MAX_RECENT) {
      recent.removeFirst();
    }
    recent.addLast(heard);
  }

  /// Root distance of the source at this moment (lambda): the error bound of its time on our side.
  /// In seconds.
  public double rootDistance(FilterEstimate estimate) {
    return distance(estimate, estimate.dispersion());
  }

  /// The same, but without blame for answers that there was no time for yet.
  public double errorBound(FilterEstimate estimate) {
    return distance(estimate, estimate.errorBound());
  }

  private double distance(FilterEstimate estimate, NtpDuration dispersion) {
    NtpPacket last = packet;
    double rootDelay = last == null ? 0 : last.rootDelay().toSeconds();
    double rootDispersion = last == null ? 0 : last.rootDispersion().toSeconds();
    double roundTrips = Math.max(rootDelay + estimate.delay().toSeconds(), MIN_DISPERSION);
    return roundTrips / 2 + rootDispersion + dispersion.toSeconds() + estimate.jitter().toSeconds();
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

  /// The interface by which that answer came in; 0 if not known.
  public int interfaceIndex() {
    return lastInterface;
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

  /// The stamps that it completed.
  public Optional<Exchange> exchange() {
    return Optional.ofNullable(exchange);
  }

  /// The last good exchanges, oldest first; only the newest may be provisional.
  public List<Heard> recent() {
    return List.copyOf(recent);
  }

  /// Whether the last good answer is too far off to be believed.
  public boolean isOffsetRefused() {
    return isOffsetRefused;
  }

  /// When it last heard an answer, or began.
  public Now lastReceived() {
    return lastAnswered;
  }

  /// Whether the last good answer was an interleaved one (RFC 9769): its exchange is then the one
  /// before.
  public boolean isInterleaved() {
    return conversation.isInterleaved();
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
