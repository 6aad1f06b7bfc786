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
/// chronoconf-ntp-state 2
/// frequency -1.25e-05          correction that was right, a ratio
/// boot 5c0c...                 the host's boot that the next two belong to
/// raw 123456789                the host's oscillator in nanoseconds ...
/// local e3a1f00d00000000       ... and the virtual clock at that moment, in hexadecimal
/// rate -1.25e-05               the virtual clock's correction at that moment
/// leap 1                       the leap second that it has still before it, if any
/// leap-at ee3f...              and the reading at which it comes
/// ```
///
/// Version 1 knew no leap second; a clock that was off over one had to be stepped then.
///
/// @param frequency the learnt correction, empty if none was learnt
/// @param boot identifies the boot of the host
/// @param anchor of a virtual clock
record NtpState(OptionalDouble frequency, String boot, Optional<VirtualClockAnchor> anchor) {
  /// A state that knows nothing.
  static final NtpState NONE = new NtpState(OptionalDouble.empty(), "", Optional.empty());

  /// The format written.
  static final int VERSION = 2;

  private static final String NAME = "chronoconf-ntp-state ";
  private static final int MAX_LINES = 16;

  String format() {
    StringBuilder text = new StringBuilder(NAME).append(VERSION).append('\n');
    frequency.ifPresent(ratio -> text.append("frequency ").append(ratio).append('\n'));
    if (anchor.isPresent()) {
      VirtualClockAnchor clock = anchor.get();
      text.append("boot ").append(boot).append('\n');
      text.append("raw ").append(clock.rawNanos()).append('\n');
      text.append("local ").append(Long.toHexString(clock.local().bits())).append('\n');
      text.append("rate ").append(clock.frequency()).append('\n');
      if (clock.leap() != 0) {
        text.append("leap ").append(clock.leap()).append('\n');
        text.append("leap-at ").append(Long.toHexString(clock.leapAt().bits())).append('\n');
      }
    }
    return text.toString();
  }

  /// The version of the format of these lines.
  ///
  /// @throws IllegalArgumentException if they are something else or damaged, saying what
  static int version(List<String> lines) {
    String first = lines.isEmpty() ? "" : lines.getFirst();
    int version =
        first.startsWith(NAME) ? Integer.parseUnsignedInt(first.substring(NAME.length())) : 0;
    if (version <= 0) {
      throw new IllegalArgumentException("it does not begin with the line " + NAME + VERSION);
    }
    return version;
  }

  /// Reads what [#format] wrote, or version 1 of it. Unknown lines are skipped.
  ///
  /// @throws IllegalArgumentException if it is something else or damaged, saying what
  static NtpState parse(List<String> lines) {
    int version = version(lines);
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("it has more than " + MAX_LINES + " lines");
    }
    boolean knowsLeaps = version >= 2;
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
    return new NtpState(frequency, values.getOrDefault("boot", ""), anchor(values, knowsLeaps));
  }

  private static Optional<VirtualClockAnchor> anchor(
      Map<String, String> values, boolean knowsLeaps) {
    if (!values.containsKey("raw")) {
      return Optional.empty();
    }
    return Optional.of(
        new VirtualClockAnchor(
            Long.parseLong(values.getOrDefault("raw", "")),
            stamp(values.getOrDefault("local", "")),
            ratio(values.getOrDefault("rate", "")),
            knowsLeaps ? leap(values.getOrDefault("leap", "0")) : 0,
            knowsLeaps ? stamp(values.getOrDefault("leap-at", "0")) : NtpTimestamp.UNKNOWN));
  }

  private static NtpTimestamp stamp(String text) {
    return new NtpTimestamp(Long.parseUnsignedLong(text, 16));
  }

  private static int leap(String text) {
    int value = Integer.parseInt(text);
    if (Math.abs(value) > 1) {
      throw new IllegalArgumentException("the leap " + text + " is impossible");
    }
    return value;
  }

  private static double ratio(String text) {
    double value = Double.parseDouble(text);
    if (!(Math.abs(value) <= VirtualClock.MAX_RATIO)) {
      throw new IllegalArgumentException("the ratio " + text + " is impossible");
    }
    return value;
  }
}
