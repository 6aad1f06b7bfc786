package io.chronoconf.ntp.engine;

/// The service as a whole.
///
/// @param isEnabled false closes the sockets, drops every association and stops serving
/// @param port local UDP port that serves (RFC 9249 `/ntp/port`); clients use ephemeral ports
/// @param disciplinesClock false leaves the clock alone: no step, no slew (`clock/protocol none`)
public record ServiceConfig(boolean isEnabled, int port, boolean disciplinesClock) {}
