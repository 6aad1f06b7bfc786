package io.chronoconf.ntp.discipline;

/// What is believed of the oscillator at one moment.
///
/// @param time oscillator time in seconds
/// @param phase oscillator minus true time in seconds
/// @param frequency seconds gained per second of the oscillator
/// @param phaseVariance of `phase` in s^2
/// @param frequencyVariance of `frequency`
/// @param wander random walk of the frequency per square root of a second
record OscillatorEstimate(
    double time,
    double phase,
    double frequency,
    double phaseVariance,
    double frequencyVariance,
    double wander) {
  /// The phase at another oscillator time, by dead reckoning.
  double phaseAt(double otherTime) {
    return phase + frequency * (otherTime - time);
  }

  /// The phase's variance at another oscillator time, without new exchanges.
  double phaseVarianceAt(double otherTime) {
    double age = Math.abs(otherTime - time);
    return phaseVariance + age * age * (frequencyVariance + wander * wander * age / 3);
  }
}
