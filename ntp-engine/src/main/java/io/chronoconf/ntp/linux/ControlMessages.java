package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// What the kernel tells about one datagram, message after message.
///
/// @param all as the kernel laid them out
record ControlMessages(MemorySegment all) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// The data of the first message of a kind; empty if there is none.
  Optional<MemorySegment> find(int level, int type) {
    long length = all.byteSize();
    long at = 0;
    while (at + LinuxAbi.CMSG_DATA <= length) {
      long size = all.get(JAVA_LONG, at + LinuxAbi.CMSG_LEN);
      if (size < LinuxAbi.CMSG_DATA || size > length - at) {
        return Optional.empty();
      }
      if (all.get(JAVA_INT, at + LinuxAbi.CMSG_LEVEL) == level
          && all.get(JAVA_INT, at + LinuxAbi.CMSG_TYPE) == type) {
        return Optional.of(all.asSlice(at + LinuxAbi.CMSG_DATA, size - LinuxAbi.CMSG_DATA));
      }
      at += LinuxAbi.aligned(size);
    }
    return Optional.empty();
  }

  Optional<Long> softwareStamp() {
    return find(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPNS).map(data -> nanos(data, 0));
  }

  Optional<HardwareStamp> hardwareStamp() {
    return find(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPING)
        .flatMap(ControlMessages::hardwareNanos)
        .map(nanos -> new HardwareStamp(nanos, stampingInterface()));
  }

  Optional<ReceiveBatch.Transmission> transmission() {
    Optional<MemorySegment> error =
        find(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_RECVERR)
            .or(() -> find(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_RECVERR))
            .filter(data -> data.get(JAVA_BYTE, LinuxAbi.EXTENDED_ORIGIN) == LinuxAbi.ORIGIN_STAMP)
            .filter(
                data -> data.get(JAVA_INT, LinuxAbi.EXTENDED_INFO) == LinuxAbi.STAMP_OF_SENDING);
    Optional<MemorySegment> stamps = find(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPING);
    return error.isEmpty() || stamps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReceiveBatch.Transmission(
                error.get().get(JAVA_INT, LinuxAbi.EXTENDED_DATA),
                nanos(stamps.get(), 0),
                hardwareStamp()));
  }

  private static Optional<Long> hardwareNanos(MemorySegment stamps) {
    return stamps.byteSize() < StampAbi.STAMPS_SIZE
        ? Optional.empty()
        : Optional.of(nanos(stamps, StampAbi.HARDWARE_STAMP)).filter(nanos -> nanos != 0);
  }

  /// The device below a VLAN or an aggregate is told apart from that which the packet came in by.
  private int stampingInterface() {
    return index(LinuxAbi.SOL_SOCKET, StampAbi.SCM_TIMESTAMPING_PKTINFO, 0)
        .or(() -> index(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_PKTINFO, LinuxAbi.PKTINFO_INDEX))
        .or(() -> index(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_PKTINFO, LinuxAbi.PKTINFO6_INDEX))
        .orElse(0);
  }

  private Optional<Integer> index(int level, int type, int offset) {
    return find(level, type).map(data -> data.get(JAVA_INT, offset)).filter(index -> index != 0);
  }

  private static long nanos(MemorySegment timespecs, int offset) {
    return timespecs.get(JAVA_LONG, offset) * NANOS_PER_SECOND
        + timespecs.get(JAVA_LONG, offset + 8);
  }
}
