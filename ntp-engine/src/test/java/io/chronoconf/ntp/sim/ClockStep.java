package io.chronoconf.ntp.sim;

/// Somebody sets the client's clock in the middle of a run.
///
/// @param at whole true second
/// @param seconds by how much, positive forward
public record ClockStep(int at, double seconds) {}
