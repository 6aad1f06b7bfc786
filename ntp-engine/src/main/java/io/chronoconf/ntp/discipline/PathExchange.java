package io.chronoconf.ntp.discipline;

/// One exchange of packets with a server as the estimator sees it. With `X` the oscillator's phase
/// (oscillator minus true time), `outbound = outward delay - X` and `inbound = homeward delay + X`.
///
/// @param server which server; any number that tells servers apart
/// @param time oscillator time of the middle of the exchange in seconds
/// @param outbound T2 - T1 in seconds, T1 read on the undisciplined oscillator
/// @param inbound T4 - T3 in seconds, T4 read on the undisciplined oscillator
/// @param isOneWay whether `outbound` is made up and says nothing, as of a broadcast
/// @param serverDistance how wrong the server itself may be, in seconds
record PathExchange(
    int server,
    double time,
    double outbound,
    double inbound,
    boolean isOneWay,
    double serverDistance) {
  /// An exchange with a server of which nothing is known.
  PathExchange(int server, double time, double outbound, double inbound, boolean isOneWay) {
    this(server, time, outbound, inbound, isOneWay, Double.POSITIVE_INFINITY);
  }

  /// The round trip without the server's own time; the phase cancels.
  double roundTrip() {
    return outbound + inbound;
  }

  /// The phase if both ways took equally long.
  double middle() {
    return (inbound - outbound) / 2;
  }

  /// This exchange with a known extra delay taken off each way.
  PathExchange without(double outboundExtra, double inboundExtra) {
    return new PathExchange(
        server, time, outbound - outboundExtra, inbound - inboundExtra, isOneWay, serverDistance);
  }
}
