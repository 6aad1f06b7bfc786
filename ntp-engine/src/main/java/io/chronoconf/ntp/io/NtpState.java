package io.chronoconf.ntp.io;

import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What survives a restart of the process.
///
/// ```
/// chronoconf-ntp-state 1
/// frequency -1.25e-05          correction that was right, a ratio
/// boot 5c0c...                 the host's boot that the next two belong to
/// raw 123456789                the host's oscillator in nanoseconds ...
/// local e3a1f00d00000000       ... and the virtual clock at that moment, in hexadecimal
/// rate -1.25e-05               the virtual clock's correction at that moment
/// ```
///
/// @param frequency the learnt correction, empty if none was learnt
/// @param boot identifies the boot of the host
/// @param anchor of a virtual clock
record NtpState(OptionalDouble frequency, String boot, Optional<VirtualClockAnchor> anchor) {
  /// A state that knows nothing.
  static final NtpState NONE = new NtpState(OptionalDouble.empty(), "", Optional.empty());

  private static final String HEADER = "chronoconf-ntp-state 1";
  private static final int MAX_LINES = 16;

  String format() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    frequency.ifPresent(ratio -> text.append("frequency ").append(ratio).append('\n'));
    if (anchor.isPresent()) {
      VirtualClockAnchor clock = anchor.get();
      text.append("boot ").append(boot).append('\n');
      text.append("raw ").append(clock.rawNanos()).append('\n');
      text.append("local ").append(Long.toHexString(clock.local().bits())).append('\n');
      text.append("rate ").append(clock.frequency()).append('\n');
    }
    return text.toString();
  }

  /// Reads what [#format] wrote. Unknown lines of a later writer are skipped.
  ///
  /// @throws IllegalArgumentException if it is something else or damaged, saying what
  static NtpState parse(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IllegalArgumentException("it does not begin with the line " + HEADER);
    }
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("it has more than " + MAX_LINES + " lines");
    }
    Map<String, String> values = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    OptionalDouble frequency =
        values.containsKey("frequency")
            ? OptionalDouble.of(ratio(values.getOrDefault("frequency", "")))
            : OptionalDouble.empty();
    return new NtpState(frequency, values.getOrDefault("boot", ""), anchor(values));
  }

  private static Optional<VirtualClockAnchor> anchor(Map<String, String> values) {
    if (!values.containsKey("raw")) {
      return Optional.empty();
    }
    return Optional.of(
        new VirtualClockAnchor(
            Long.parseLong(values.getOrDefault("raw", "")),
            new NtpTimestamp(Long.parseUnsignedLong(values.getOrDefault("local", ""), 16)),
            ratio(values.getOrDefault("rate", ""))));
  }

  private static double ratio(String text) {
    double value = Double.parseDouble(text);
    if (!(Math.abs(value) <= VirtualClock.MAX_RATIO)) {
      throw new IllegalArgumentException("the ratio " + text + " is impossible");
    }
    return value;
  }
}
