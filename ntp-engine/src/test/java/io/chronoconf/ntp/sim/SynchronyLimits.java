package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a client must keep to: by when it is synchronized, and how well it keeps time from then on.
///
/// @param by second after which neither limit of the next two is broken
/// @param most greatest error in seconds
/// @param mostRate greatest error of the rate, a ratio
/// @param rms root mean square of the error in seconds, after `by`
/// @param rateRms the same of the rate
record SynchronyLimits(int by, double most, double mostRate, double rms, double rateRms) {
  static final SynchronyLimits USUAL = new SynchronyLimits(210, 1e-3, 5e-4, 3e-4, 1e-5);

  SynchronyLimits by(int seconds) {
    return new SynchronyLimits(seconds, most, mostRate, rms, rateRms);
  }

  SynchronyLimits offsets(double newMost, double newRms) {
    return new SynchronyLimits(by, newMost, mostRate, newRms, rateRms);
  }

  SynchronyLimits rates(double newMost, double newRms) {
    return new SynchronyLimits(by, most, newMost, rms, newRms);
  }

  /// @param since second at which the client was started
  void check(double[] errors, double[] rates, int since) {
    int last = since;
    double square = 0;
    double rateSquare = 0;
    int from = since + by;
    for (int i = since; i < errors.length; i++) {
      last = Math.abs(errors[i]) > most || Math.abs(rates[i]) > mostRate ? i + 1 : last;
      square += i < from ? 0 : errors[i] * errors[i];
      rateSquare += i < from ? 0 : rates[i] * rates[i];
    }
    double actual = Math.sqrt(square / (errors.length - from));
    double actualRate = Math.sqrt(rateSquare / (errors.length - from));
    int synchronizedAfter = last - since;
    assertTrue(
        synchronizedAfter <= by && actual <= rms && actualRate <= rateRms,
        () ->
            String.format(
                "synchronized after %d s, then %.3g s and %.3g are not within %s",
                synchronizedAfter, actual, actualRate, this));
  }

  void check(Trace trace) {
    check(trace.errors(), trace.frequencies(), 0);
  }
}
