package io.chronoconf.agent.cli;

/// The agent was started in a way that cannot work. The message is for the person who did it: it
/// names the option, or the file with line and column, and says what to do.
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
