package io.chronoconf.ntp.io;

import io.chronoconf.ntp.server.InterleavedClients;
import io.chronoconf.ntp.time.HostClock;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;

/// Which answers the kernel is asked to tell the true transmit stamps of, and what becomes of them:
/// those of interleaved clients go to [InterleavedClients], those of samples to [SendDelay].
///
/// The kernel numbers the packets with stamps of each socket. Whether it counts one that it refused
/// to send is not known. So after a refusal nothing is asked until all earlier stamps have come,
/// and then one, whose number shows where the kernel is.
///
/// One thread.
final class AnswerStamps {
  private static final int REMEMBERED = 1_024;

  /// A stamp that did not come by then is lost.
  private static final long LATEST_NANOS = 1_000_000_000L;

  /// The kernel's numbers have 32 bits.
  private static final long NUMBER_MASK = 0xffff_ffffL;

  private final HostClock clock;
  private final InterleavedClients clients;
  private final boolean isSupported;
  private final Map<UdpSocket, Numbers> numbers = new WeakHashMap<>();

  /// @param isSupported whether there are any stamps at all
  AnswerStamps(HostClock clock, InterleavedClients clients, boolean isSupported) {
    this.clock = clock;
    this.clients = clients;
    this.isSupported = isSupported;
  }

  /// Whether the answer just made is to be sent with a stamp. Answers of one socket are sent in the
  /// order in which this is asked.
  boolean isAsked(UdpSocket socket, boolean isSample) {
    long wanted = clients.takeWanted();
    if (!isSupported || (wanted == InterleavedClients.NONE && !isSample)) {
      return false;
    }
    return numbers
        .computeIfAbsent(socket, key -> new Numbers())
        .ask(wanted, isSample, clock.rawNanos());
  }

  /// Takes a stamp; returns whether it is that of a sample.
  boolean take(TransmitStamp stamp) {
    Numbers of = numbers.get(stamp.socket());
    return of != null && of.take(stamp);
  }

  /// The system refused some of the answers last asked for.
  void refused(UdpSocket socket) {
    Numbers of = numbers.get(socket);
    if (of != null) {
      of.lose(clock.rawNanos());
    }
  }

  /// The numbers of one socket.
  private final class Numbers {
    private final long[] answers = new long[REMEMBERED];
    private final boolean[] samples = new boolean[REMEMBERED];
    private long next;
    private boolean isLost;
    private boolean isProbing;
    private long since;

    boolean ask(long answer, boolean isSample, long now) {
      if (isLost) {
        if (now - since < LATEST_NANOS) {
          return false;
        }
        isProbing = true;
        since = now;
        return true;
      }
      int at = (int) (next % REMEMBERED);
      next = next + 1 & NUMBER_MASK;
      samples[at] = isSample;
      answers[at] = answer;
      return true;
    }

    boolean take(TransmitStamp stamp) {
      if (isLost) {
        if (isProbing && stamp.rawNanos() - since >= 0) {
          next = stamp.number() + 1 & NUMBER_MASK;
          isLost = false;
        }
        return false;
      }
      long age = next - stamp.number() & NUMBER_MASK;
      if (age == 0 || age > REMEMBERED) {
        return false;
      }
      int at = (int) (stamp.number() % REMEMBERED);
      long answer = answers[at];
      boolean isSample = samples[at];
      samples[at] = false;
      // The answer stays: a better stamp of it may follow.
      if (answer != InterleavedClients.NONE) {
        clients.sent(answer, clock.at(stamp.rawNanos()).local().bits());
      }
      return isSample;
    }

    void lose(long now) {
      isLost = true;
      isProbing = false;
      since = now;
      Arrays.fill(samples, false);
      Arrays.fill(answers, InterleavedClients.NONE);
    }
  }
}
