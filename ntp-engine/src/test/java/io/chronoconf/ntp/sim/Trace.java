package io.chronoconf.ntp.sim;

/// What a run was like at every whole second.
///
/// @param errors of the measured clock in seconds
/// @param frequencies how much faster than true time it ran, ratios
/// @param linearErrors what the errors had been, had [LinearKalman] steered it
/// @param from first second of the window that statistics are taken of
/// @param packets that the client sent in the window
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Trace(
    double[] errors, double[] frequencies, double[] linearErrors, int from, long packets) {
  public Statistics statistics() {
    return Statistics.of(errors, frequencies, from, packets);
  }

  /// The same of the linear filter; its frequencies are not told.
  public Statistics linearStatistics() {
    return Statistics.of(linearErrors, new double[linearErrors.length], from, packets);
  }
}
