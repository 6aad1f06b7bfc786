package io.chronoconf.ntp.linux;

/// A clock of network hardware (`/dev/ptpN`). It may run at any rate and be set at any time by
/// others. One thread at a time.
public interface HardwareClock extends AutoCloseable {
  /// Its reading, nanoseconds since an origin of its own.
  ///
  /// @throws LinuxException if it is gone
  long nanos() throws LinuxException;

  @Override
  void close();
}
