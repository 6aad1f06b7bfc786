package io.chronoconf.ntp.linux;

/// What a [Poller] can wait for.
public sealed interface Pollable permits LinuxSocket, Netlink {
  /// The number of the open file, for this package's calls.
  ///
  /// @throws IllegalStateException if it is closed: the number may already be somebody else's
  int descriptor();
}
