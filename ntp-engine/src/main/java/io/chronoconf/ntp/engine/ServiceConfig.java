package io.chronoconf.ntp.engine;

/// The service as a whole.
///
/// @param isEnabled false closes the sockets, drops every association and stops serving
/// @param port local UDP port that serves (RFC 9249 `/ntp/port`); clients use ephemeral ports
/// @param disciplinesClock false leaves the clock alone: no step, no slew (`clock/protocol none`)
/// @param maxDynamicSessions associations that packets may form, 0 to 100
/// @param dscp of every packet
/// @param role whether others are served
public record ServiceConfig(
    boolean isEnabled,
    int port,
    boolean disciplinesClock,
    int maxDynamicSessions,
    Dscp dscp,
    Role role) {
  /// A service in full.
  public ServiceConfig(
      boolean isEnabled, int port, boolean disciplinesClock, int maxDynamicSessions, Dscp dscp) {
    this(isEnabled, port, disciplinesClock, maxDynamicSessions, dscp, Role.FULL);
  }

  /// As many dynamic associations as there may be, and packets as usual.
  public ServiceConfig(boolean isEnabled, int port, boolean disciplinesClock) {
    this(isEnabled, port, disciplinesClock, DynamicAssociations.MAX_DYNAMIC, Dscp.STANDARD);
  }

  /// The same, but a client alone.
  public ServiceConfig asClientOnly() {
    return new ServiceConfig(
        isEnabled, port, disciplinesClock, maxDynamicSessions, dscp, Role.CLIENT_ONLY);
  }

  /// Whether a port is open to everybody.
  public boolean isServing() {
    return isEnabled && role == Role.FULL;
  }

  /// Whether NTP steps and slews the clock.
  public boolean isInChargeOfClock() {
    return isEnabled && disciplinesClock;
  }
}
