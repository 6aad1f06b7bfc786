package io.chronoconf.ntp.linux;

import java.io.IOException;
import java.util.Optional;

/// A system call failed.
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;

  LinuxException(String call, int number) {
    super(call + ": " + describe(number));
    this.number = number;
  }

  /// The error, if it is one that [Errno] names.
  public Optional<Errno> errno() {
    return Errno.of(number);
  }

  public boolean is(Errno errno) {
    return number == errno.number();
  }

  private static String describe(int number) {
    return Errno.of(number)
        .map(known -> known.text() + " (" + known + ")")
        .orElseGet(() -> Libc.errorText(number) + " (errno " + number + ")");
  }
}
