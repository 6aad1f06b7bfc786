package io.chronoconf.ntp.sim;

/// A server of a scenario: its clock runs true, but may be set wrong.
///
/// @param offset of its clock in seconds
/// @param up the way to it
/// @param down the way from it
public record ServerSetup(double offset, Delay up, Delay down) {
  /// A correct server with the same delays both ways.
  static ServerSetup symmetric(double base, double mean) {
    return new ServerSetup(0, new Delay.Exponential(base, mean), new Delay.Exponential(base, mean));
  }
}
