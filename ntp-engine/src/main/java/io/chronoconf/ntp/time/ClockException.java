package io.chronoconf.ntp.time;

/// The operating system refused to change the clock; the message says what to do.
public final class ClockException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClockException(String message) {
    super(message);
  }
}
