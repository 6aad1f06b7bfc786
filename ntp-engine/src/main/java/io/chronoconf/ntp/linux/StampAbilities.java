package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/// What the driver of a device can do about stamps, as `ETHTOOL_GET_TS_INFO` tells.
///
/// @param stamping bits of SO_TIMESTAMPING
/// @param clockIndex N of the hardware's clock `/dev/ptpN`; negative if it has none
/// @param sendTypes one bit per type of [StampMode#sendType]
/// @param receiveFilters one bit per filter of [StampMode#receiveFilter]
public record StampAbilities(int stamping, int clockIndex, int sendTypes, int receiveFilters) {
  private static final int BOTH_WAYS =
      StampAbi.SENT_BY_HARDWARE | StampAbi.RECEIVED_BY_HARDWARE | StampAbi.RAW_HARDWARE;

  /// @param answer `struct ethtool_ts_info`
  static StampAbilities read(MemorySegment answer) {
    return new StampAbilities(
        answer.get(JAVA_INT, StampAbi.INFO_STAMPING),
        answer.get(JAVA_INT, StampAbi.INFO_CLOCK),
        answer.get(JAVA_INT, StampAbi.INFO_SEND_TYPES),
        answer.get(JAVA_INT, StampAbi.INFO_RECEIVE_FILTERS));
  }

  /// Whether hardware stamps packets both ways by a clock that can be read.
  public boolean areComplete() {
    return (stamping & BOTH_WAYS) == BOTH_WAYS
        && clockIndex >= 0
        && isIn(sendTypes, StampAbi.SEND_ON);
  }

  boolean canReceive(int filter) {
    return isIn(receiveFilters, filter);
  }

  private static boolean isIn(int set, int bit) {
    return (set >>> bit & 1) == 1;
  }
}
