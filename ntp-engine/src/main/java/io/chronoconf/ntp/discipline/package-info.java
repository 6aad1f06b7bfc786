/// The clock discipline: from exchanges with servers to the phase and the frequency of the
/// undisciplined oscillator. The equations stand in `docs/discipline.md`.
///
/// Values in, values out: it reads no clock, starts no thread and corrects nothing itself. Phase is
/// in seconds and frequency a ratio; inside the estimator both are the oscillator's own, so a
/// positive phase is an oscillator ahead of true time and a positive frequency one that gains.
/// [ClockDiscipline] and [Correction] speak of what is to be added to the local clock instead.
@NullMarked
package io.chronoconf.ntp.discipline;

import org.jspecify.annotations.NullMarked;
