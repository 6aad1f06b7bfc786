package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.Errno;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.StampAbilities;
import io.chronoconf.ntp.linux.StampCalls;
import io.chronoconf.ntp.linux.StampMode;
import java.util.Optional;

/// Switches the stamps of a device's hardware on, and leaves what others have switched.
record StampSwitch(StampCalls calls) {
  /// What became of a device. The text says it to humans.
  sealed interface Outcome {
    String text();
  }

  /// Hardware stamps.
  ///
  /// @param clockIndex N of its clock `/dev/ptpN`
  record On(int clockIndex, String text) implements Outcome {}

  /// There is nothing to switch on.
  record Without(String text) implements Outcome {}

  /// It could be had.
  record Refused(String text) implements Outcome {}

  /// Looks at a device of the calling thread's network namespace.
  Outcome switchOn(String device) {
    StampAbilities abilities;
    try {
      abilities = calls.abilities(device);
    } catch (LinuxException unknown) {
      return new Without("stamps by the kernel: its driver tells of no hardware stamps");
    }
    if (!abilities.areComplete()) {
      return new Without("stamps by the kernel: its hardware has none for packets both ways");
    }
    StampMode before = mode(device);
    if (before.isEnough()) {
      return on(abilities, before, "found on");
    }
    Optional<StampMode> wanted = before.enough(abilities);
    if (wanted.isEmpty()) {
      return new Without(
          "stamps by the kernel: its hardware cannot stamp the packets of NTP"
              + (before.receiveFilter() == 0 ? "" : " beside those of others (receive filter ")
              + (before.receiveFilter() == 0 ? "" : before.receiveFilter() + ")"));
    }
    try {
      StampMode after = calls.setMode(device, wanted.get());
      return after.isEnough()
          ? on(abilities, after, "switched on")
          : new Refused("stamps by the kernel: the driver does not stamp the packets of NTP");
    } catch (LinuxException refused) {
      return new Refused(
          "stamps by the kernel: the hardware's cannot be switched on: "
              + (refused.is(Errno.EPERM)
                  ? "this needs CAP_NET_ADMIN; run the agent as root or grant it"
                  : refused.getMessage()));
    }
  }

  private StampMode mode(String device) {
    try {
      return calls.mode(device);
    } catch (LinuxException untold) {
      return StampMode.UNKNOWN;
    }
  }

  private static Outcome on(StampAbilities abilities, StampMode mode, String how) {
    return new On(
        abilities.clockIndex(),
        "stamps by hardware, "
            + how
            + " (receive filter "
            + (mode.receiveFilter() == 1 ? "all" : "ntp-all")
            + ", clock /dev/ptp"
            + abilities.clockIndex()
            + ")");
  }
}
