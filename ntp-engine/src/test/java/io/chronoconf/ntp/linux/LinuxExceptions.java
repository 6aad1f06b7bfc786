package io.chronoconf.ntp.linux;

/// Makes failures of the system for the tests of other packages.
public final class LinuxExceptions {
  private LinuxExceptions() {}

  public static LinuxException of(String call, int number) {
    return new LinuxException(call, number);
  }
}
