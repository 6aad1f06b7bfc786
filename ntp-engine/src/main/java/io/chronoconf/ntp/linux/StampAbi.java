package io.chronoconf.ntp.linux;

/// Numbers and offsets of stamps by hardware, equal on x86-64 and aarch64.
final class StampAbi {
  /// Of SO_TIMESTAMPING: what a datagram asks for, what a socket reports, what a driver has.
  static final int SENT_BY_HARDWARE = 1;

  static final int RECEIVED_BY_HARDWARE = 1 << 2;
  static final int RAW_HARDWARE = 1 << 6;

  /// With the interface that a datagram left by; it comes with the payload only.
  static final int WITH_CONTROL = 1 << 10;

  /// With the interface whose hardware stamped what came in.
  static final int WITH_INTERFACE = 1 << 13;

  /// The software's transmit stamp is told as well, in an entry of its own.
  static final int BOTH = 1 << 14;

  /// `struct scm_timestamping`: three `struct timespec`, of software, nobody and hardware.
  static final int HARDWARE_STAMP = 32;

  static final int STAMPS_SIZE = 48;

  /// `struct scm_ts_pktinfo`: interface, length, and room.
  static final int SCM_TIMESTAMPING_PKTINFO = 58;

  static final int SIOCETHTOOL = 0x8946;
  static final int SIOCSHWTSTAMP = 0x89b0;
  static final int SIOCGHWTSTAMP = 0x89b1;

  /// `struct ifreq`: name, pointer to the data.
  static final int REQUEST_DATA = 16;

  static final int REQUEST_SIZE = 40;

  /// `struct ethtool_ts_info`.
  static final int ETHTOOL_GET_TS_INFO = 0x41;

  static final int INFO_STAMPING = 4;
  static final int INFO_CLOCK = 8;
  static final int INFO_SEND_TYPES = 12;
  static final int INFO_RECEIVE_FILTERS = 28;
  static final int INFO_SIZE = 44;

  /// `struct hwtstamp_config`.
  static final int MODE_FLAGS = 0;

  static final int MODE_SEND_TYPE = 4;
  static final int MODE_RECEIVE_FILTER = 8;
  static final int MODE_SIZE = 12;

  static final int SEND_OFF = 0;
  static final int SEND_ON = 1;
  static final int FILTER_NONE = 0;
  static final int FILTER_ALL = 1;
  static final int FILTER_SOME = 2;
  static final int FILTER_NTP_ALL = 15;

  private StampAbi() {}
}
