package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostNetwork;
import java.util.Map;

/// What tells of the host's interfaces. The thread that follows owns it; any other may read, wake
/// it up and change what it is to look at.
interface InterfaceSource extends AutoCloseable {
  /// Says which network instances there are and what the operating system calls them. Any thread.
  void use(Map<String, String> osNames);

  /// Opens what has come and closes what has gone; returns whether either happened.
  boolean follow();

  /// The picture at this moment. Any thread.
  HostNetwork read();

  /// Waits for a change, for the time at which [#follow] has to look again, or for a wake-up;
  /// returns whether there may be a change.
  boolean await();

  /// Any thread.
  void wakeUp();

  @Override
  void close();
}
