package io.chronoconf.ntp.discipline;

/// The poll interval at which a sample's noise and the wander gathered since the last one balance:
/// the wander moves the phase by `w tau^1.5`, a sample is off by about the mean excess delay `j`,
/// so `tau` is proportional to `(j / w)^(2/3)`. Before the wander is known the interval stays
/// short.
final class PollAdvice {
  /// Chosen by simulation: shorter sends more packets for little, longer loses accuracy.
  private static final double BALANCE = 0.56;

  static final double SHORTEST_SECONDS = 64;

  /// Until this age of the estimate the interval stays the shortest; then it may grow with the
  /// given power of the age.
  private static final double YOUNG_SECONDS = 1500;

  private static final double GROWTH = 2.5;

  /// A quarter of all sums of two exponentials is below this part of their mean.
  private static final double GOOD = 0.5;

  private static final double POOR_SHARE = 0.75;

  private PollAdvice() {}

  /// Advice in seconds.
  ///
  /// @param scale mean excess delay of the best path in seconds
  /// @param wander of the oscillator per square root of a second
  /// @param age of the estimate in seconds
  static double seconds(double scale, double wander, double age) {
    double cap = SHORTEST_SECONDS * Math.max(Math.pow(age / YOUNG_SECONDS, GROWTH), 1);
    return Math.min(BALANCE * Math.pow(scale / wander, 2.0 / 3), cap);
  }

  /// What part of the longest interval allowed suits an exchange. Where that limit and not the
  /// wander keeps the interval short, noise is all there is: an exchange that told little is then
  /// followed sooner by the next.
  ///
  /// @param width of the interval of phases that the exchange allows, in seconds
  /// @param usual its mean
  static double share(double width, double usual) {
    return width < GOOD * usual ? 1 : POOR_SHARE;
  }
}
