package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The running system's network hardware.
public final class LinuxStampCalls implements StampCalls {
  private static final Path ALLOWS_PAYLOAD = Path.of("/proc/sys/net/core/tstamp_allow_data");

  private static final MethodHandle IOCTL =
      Libc.variadic("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);

  public LinuxStampCalls() {
    LinuxPlatform.require();
  }

  /// The kernel tells the interface of a transmit stamp together with the payload only.
  @Override
  public Optional<String> obstacle() {
    try {
      return Files.exists(ALLOWS_PAYLOAD) && Files.readString(ALLOWS_PAYLOAD).strip().equals("0")
          ? Optional.of(
              "the kernel does not say which interface stamped: set it with `sysctl"
                  + " net.core.tstamp_allow_data=1`")
          : Optional.empty();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public StampAbilities abilities(String device) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(StampAbi.INFO_SIZE, 8);
      info.set(JAVA_INT, 0, StampAbi.ETHTOOL_GET_TS_INFO);
      control(arena, device, StampAbi.SIOCETHTOOL, info);
      return StampAbilities.read(info);
    }
  }

  @Override
  public StampMode mode(String device) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment config = arena.allocate(StampAbi.MODE_SIZE, 8);
      control(arena, device, StampAbi.SIOCGHWTSTAMP, config);
      return StampMode.read(config);
    }
  }

  @Override
  public StampMode setMode(String device, StampMode wanted) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment config = arena.allocate(StampAbi.MODE_SIZE, 8);
      wanted.write(config);
      control(arena, device, StampAbi.SIOCSHWTSTAMP, config);
      return StampMode.read(config);
    }
  }

  @Override
  public HardwareClock clock(int index) throws LinuxException {
    return LinuxHardwareClock.open(Path.of("/dev/ptp" + index));
  }

  private static void control(Arena arena, String device, long request, MemorySegment data)
      throws LinuxException {
    byte[] name = device.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (name.length == 0 || name.length >= LinuxAbi.IFNAMSIZ) {
      throw new LinuxException("a device of the name " + device, Errno.ENODEV.number());
    }
    MemorySegment interfaceRequest = arena.allocate(StampAbi.REQUEST_SIZE, 8);
    MemorySegment.copy(MemorySegment.ofArray(name), 0, interfaceRequest, 0, name.length);
    interfaceRequest.set(ADDRESS, StampAbi.REQUEST_DATA, data);
    MemorySegment state = arena.allocate(Libc.STATE);
    int type = LinuxAbi.SOCK_DGRAM | LinuxAbi.SOCK_CLOEXEC;
    int socket = Libc.socket(state, LinuxAbi.AF_INET, type);
    try {
      int result = (int) IOCTL.invokeExact(state, socket, request, interfaceRequest);
      Libc.checked("ioctl 0x" + Long.toHexString(request) + " of " + device, state, result);
    } catch (Throwable thrown) {
      throw Libc.rethrown(thrown);
    } finally {
      Libc.close(socket);
    }
  }
}
