package io.chronoconf.ntp.selection;

/// A source that may be followed, as the selection sees it. Seconds throughout.
///
/// @param id tells candidates apart
/// @param stratum 0 to 14
/// @param offset of the local clock, positive if it is behind
/// @param jitter of the offset
/// @param rootDistance to the primary through this source (lambda), positive
/// @param isPreferred chosen first among the survivors
public record Candidate(
    int id, int stratum, double offset, double jitter, double rootDistance, boolean isPreferred) {}
