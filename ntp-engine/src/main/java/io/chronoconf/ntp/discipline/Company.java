package io.chronoconf.ntp.discipline;

import java.util.Collection;

/// How far one server's time is from what the servers say together. What sets it apart from the
/// others counts as noise of what it says: what all find is an error of the estimate.
final class Company {
  /// A server with so many exchanges in a row has no company that it could disagree with.
  private static final int ALONE = 8;

  private final Collection<ServerPath> paths;
  private int lastServer;
  private int run;

  /// @param paths of all servers, as they come and go
  Company(Collection<ServerPath> paths) {
    this.paths = paths;
  }

  /// An exchange with a server was taken in.
  void heard(int server) {
    run = server == lastServer ? run + 1 : 0;
    lastServer = server;
  }

  /// The variance in s^2 of a server's time against all. A near server is not blamed for what only
  /// a far one can be wrong by.
  double variance(ServerPath path) {
    if (run >= ALONE) {
      return 0;
    }
    double sum = 0;
    double farthest = 0;
    for (ServerPath each : paths) {
      sum += each.disagreement();
      farthest = Math.max(farthest, each.errorBound());
    }
    double apart = Math.abs(path.disagreement() - sum / paths.size());
    boolean isExplained = apart <= farthest;
    double believed = isExplained ? Math.min(apart, path.errorBound()) : apart;
    return believed * believed;
  }
}
