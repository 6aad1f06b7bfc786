package io.chronoconf.ntp.control;

import io.chronoconf.ntp.time.MonotonicTime;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many queries are answered: answers are longer than questions, and addresses can be forged. A
/// bucket of tokens for each source, and one for all. Owned by the engine.
public final class QueryLimiter {
  /// A list of all associations asks for each of them at once.
  static final double BURST = 256;

  static final double PER_SECOND = 32;

  private static final double BURST_OF_ALL = 1024;
  private static final double PER_SECOND_OF_ALL = 256;

  /// Sources that are remembered; who comes new takes the place of who was silent longest.
  static final int SOURCES = 1024;

  private final Map<InetAddress, Bucket> sources = new LinkedHashMap<>(16, 0.75f, true);
  private final Bucket all = new Bucket();

  private static final class Bucket {
    private double tokens = Double.NaN;
    private long filledNanos;

    boolean take(MonotonicTime now, double burst, double perSecond) {
      double elapsed = (now.nanos() - filledNanos) / 1e9;
      tokens = Double.isNaN(tokens) ? burst : Math.min(burst, tokens + elapsed * perSecond);
      filledNanos = now.nanos();
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  /// Whether a query is answered.
  public boolean admits(InetAddress source, MonotonicTime now) {
    Bucket own = sources.computeIfAbsent(source, _ -> new Bucket());
    if (sources.size() > SOURCES) {
      sources.remove(sources.keySet().iterator().next());
    }
    return own.take(now, BURST, PER_SECOND) && all.take(now, BURST_OF_ALL, PER_SECOND_OF_ALL);
  }
}
