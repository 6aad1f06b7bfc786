package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Control messages as a 64-bit kernel lays them out.
class ControlMessagesTest {
  private static final int SOCKET = 1;
  private static final int TIMESTAMPNS = 35;
  private static final int TIMESTAMPING = 37;
  private static final int STAMPING_PKTINFO = 58;
  private static final long SECOND = 1_000_000_000L;
  private static final long SOFTWARE = 1_800_000_000L * SECOND + 123_456_789;
  private static final long HARDWARE = 1_800_000_037L * SECOND + 987_654_321;

  private final ByteBuffer octets = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
  }

  private ControlMessages read() {
    byte[] laidOut = new byte[octets.position()];
    octets.flip().get(laidOut);
    MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, laidOut.length), 8);
    MemorySegment.copy(MemorySegment.ofArray(laidOut), 0, memory, 0, laidOut.length);
    return new ControlMessages(memory.asSlice(0, laidOut.length));
  }

  private void header(int size, int level, int type) {
    octets.position((octets.position() + 7) & ~7);
    octets.putLong(16 + size).putInt(level).putInt(type);
  }

  private void time(long nanos) {
    octets.putLong(nanos / SECOND).putLong(nanos % SECOND);
  }

  private void kernelStamp(long nanos) {
    header(16, SOCKET, TIMESTAMPNS);
    time(nanos);
  }

  private void stamps(long software, long hardware) {
    header(48, SOCKET, TIMESTAMPING);
    time(software);
    time(0);
    time(hardware);
  }

  private void ipv4Arrival(int index) {
    header(12, 0, 8);
    octets.putInt(index).putInt(0x0100_000a).putInt(0x0100_000a);
  }

  private void ipv6Arrival(int index) {
    header(20, 41, 50);
    octets.putLong(0x80fd).putLong(0x0100_0000_0000_0000L).putInt(index);
  }

  private void stampedBy(int index) {
    header(16, SOCKET, STAMPING_PKTINFO);
    octets.putInt(index).putInt(90).putLong(0);
  }

  /// `struct sock_extended_err` with the address that follows it.
  private void transmission(int level, int type, int origin, int number) {
    header(level == 0 ? 32 : 44, level, type);
    octets.putInt(42).put((byte) origin).put((byte) 0).put((byte) 0).put((byte) 0);
    octets.putInt(0).putInt(number);
    octets.put(new byte[level == 0 ? 16 : 28]);
  }

  @Test
  void softwareAlone() {
    kernelStamp(SOFTWARE);
    stamps(SOFTWARE, 0);
    ipv4Arrival(4);
    ControlMessages messages = read();
    assertEquals(Optional.of(SOFTWARE), messages.softwareStamp());
    assertEquals(Optional.empty(), messages.hardwareStamp());
  }

  @Test
  void hardwareAlone() {
    stamps(0, HARDWARE);
    ipv4Arrival(4);
    ControlMessages messages = read();
    assertEquals(Optional.empty(), messages.softwareStamp());
    assertEquals(Optional.of(new HardwareStamp(HARDWARE, 4)), messages.hardwareStamp());
  }

  @Test
  void both() {
    kernelStamp(SOFTWARE);
    ipv6Arrival(4);
    stamps(SOFTWARE, HARDWARE);
    ControlMessages messages = read();
    assertEquals(Optional.of(SOFTWARE), messages.softwareStamp());
    assertEquals(Optional.of(new HardwareStamp(HARDWARE, 4)), messages.hardwareStamp());
  }

  @Test
  void theDeviceBelowAVlanIsTheOneThatStamped() {
    stampedBy(2);
    stamps(SOFTWARE, HARDWARE);
    ipv4Arrival(7);
    assertEquals(Optional.of(new HardwareStamp(HARDWARE, 2)), read().hardwareStamp());
  }

  @Test
  void aDeviceThatIsNotToldIsThatOfThePacket() {
    stampedBy(0);
    stamps(SOFTWARE, HARDWARE);
    ipv4Arrival(7);
    assertEquals(Optional.of(new HardwareStamp(HARDWARE, 7)), read().hardwareStamp());
  }

  @Test
  void nothingIsToldOfTheDevice() {
    stamps(SOFTWARE, HARDWARE);
    assertEquals(Optional.of(new HardwareStamp(HARDWARE, 0)), read().hardwareStamp());
  }

  @Test
  void aMessageThatWasCutOffHasNoStamp() {
    header(32, SOCKET, TIMESTAMPING);
    time(SOFTWARE);
    time(HARDWARE);
    assertEquals(Optional.empty(), read().hardwareStamp());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15, 65, 1L << 40, -1, Long.MIN_VALUE})
  void aLengthThatCannotBeEndsTheReading(long length) {
    octets.putLong(length).putInt(SOCKET).putInt(TIMESTAMPING);
    time(SOFTWARE);
    time(0);
    time(HARDWARE);
    assertEquals(Optional.empty(), read().hardwareStamp());
  }

  @Test
  void aTransmissionByTheSoftwaresAccount() {
    kernelStamp(SOFTWARE);
    stamps(SOFTWARE, 0);
    ipv4Arrival(3);
    transmission(0, 11, 4, 17);
    assertEquals(
        Optional.of(new ReceiveBatch.Transmission(17, SOFTWARE, Optional.empty())),
        read().transmission());
  }

  @Test
  void aTransmissionByTheHardwaresAccount() {
    long readAt = SOFTWARE + 70_000;
    kernelStamp(readAt);
    stamps(readAt, HARDWARE);
    ipv6Arrival(3);
    transmission(41, 25, 4, -1);
    assertEquals(
        Optional.of(
            new ReceiveBatch.Transmission(-1, readAt, Optional.of(new HardwareStamp(HARDWARE, 3)))),
        read().transmission());
  }

  @Test
  void anErrorOfTheNetworkIsNoTransmission() {
    stamps(SOFTWARE, HARDWARE);
    transmission(0, 11, 2, 17);
    assertEquals(Optional.empty(), read().transmission());
  }
}
