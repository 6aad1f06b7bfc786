package io.chronoconf.agent.netconf.message;

/// A client's hello that cannot be accepted: RFC 6241 section 8.1 wants the session dropped without
/// an answer. The message is for the log.
public final class BadHelloException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadHelloException(String reason) {
    super(reason);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
