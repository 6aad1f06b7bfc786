package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Which packets the hardware of a device stamps: `struct hwtstamp_config`. All programs of a host
/// share it.
///
/// @param flags kept as they are
/// @param sendType 0 for none
/// @param receiveFilter 0 for none, 1 for all, 15 for those of NTP, others for those of PTP
public record StampMode(int flags, int sendType, int receiveFilter) {
  /// What to assume of a driver that does not tell: that somebody else may use it.
  public static final StampMode UNKNOWN = new StampMode(0, StampAbi.SEND_OFF, StampAbi.FILTER_SOME);

  /// @param config `struct hwtstamp_config`
  static StampMode read(MemorySegment config) {
    return new StampMode(
        config.get(JAVA_INT, StampAbi.MODE_FLAGS),
        config.get(JAVA_INT, StampAbi.MODE_SEND_TYPE),
        config.get(JAVA_INT, StampAbi.MODE_RECEIVE_FILTER));
  }

  void write(MemorySegment config) {
    config.set(JAVA_INT, StampAbi.MODE_FLAGS, flags);
    config.set(JAVA_INT, StampAbi.MODE_SEND_TYPE, sendType);
    config.set(JAVA_INT, StampAbi.MODE_RECEIVE_FILTER, receiveFilter);
  }

  /// Whether NTP's packets are stamped both ways.
  public boolean isEnough() {
    return sendType != StampAbi.SEND_OFF
        && (receiveFilter == StampAbi.FILTER_ALL || receiveFilter == StampAbi.FILTER_NTP_ALL);
  }

  /// What to ask for instead of this one; empty if the driver offers nothing that would be enough
  /// and take nothing from others.
  public Optional<StampMode> enough(StampAbilities abilities) {
    int type = sendType == StampAbi.SEND_OFF ? StampAbi.SEND_ON : sendType;
    // Whoever has a filter of PTP goes on getting its packets by ALL, but not by NTP_ALL.
    if (receiveFilter == StampAbi.FILTER_NONE && abilities.canReceive(StampAbi.FILTER_NTP_ALL)) {
      return Optional.of(new StampMode(flags, type, StampAbi.FILTER_NTP_ALL));
    }
    if (receiveFilter == StampAbi.FILTER_NTP_ALL) {
      return Optional.of(new StampMode(flags, type, receiveFilter));
    }
    return abilities.canReceive(StampAbi.FILTER_ALL)
        ? Optional.of(new StampMode(flags, type, StampAbi.FILTER_ALL))
        : Optional.empty();
  }
}
