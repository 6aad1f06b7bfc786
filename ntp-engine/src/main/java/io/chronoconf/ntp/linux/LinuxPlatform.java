package io.chronoconf.ntp.linux;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/// Where this package works. The layouts and numbers of `LinuxAbi` are those of 64-bit
/// little-endian Linux with the generic system call tables: x86-64 and aarch64.
public final class LinuxPlatform {
  private LinuxPlatform() {}

  /// Why Linux' own calls cannot be used here; empty if they can.
  public static Optional<String> obstacle() {
    return obstacle(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Optional<String> obstacle(String system, String architecture) {
    if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
      return Optional.of(
          "the Linux sockets need Linux, this is " + system + ": choose the netty transport");
    }
    if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
      return Optional.of(
          "the Linux sockets know x86-64 and aarch64, this is "
              + architecture
              + ": choose the netty transport");
    }
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return Optional.of("the Linux sockets need a little-endian machine");
    }
    if (!LinuxPlatform.class.getModule().isNativeAccessEnabled()) {
      return Optional.of(
          "the JVM was not allowed native access: start it with --enable-native-access=ALL-UNNAMED,"
              + " or choose the netty transport");
    }
    return Optional.empty();
  }

  static void require() {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new UnsupportedOperationException(obstacle.get());
    }
  }
}
