package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostNetwork;
import java.util.OptionalLong;

/// What network hardware stamps, told in readings of the oscillator. Any thread.
interface HardwareStamps extends AutoCloseable {
  /// The stamps of the kernel have to do.
  HardwareStamps NONE =
      new HardwareStamps() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public OptionalLong toRaw(String namespace, int interfaceIndex, long stampNanos) {
          return OptionalLong.empty();
        }

        @Override
        public void see(HostNetwork network) {}

        @Override
        public void close() {}
      };

  /// Whether any hardware stamps at this moment.
  boolean isOn();

  /// The oscillator when the hardware stamped; empty if its clock is not known well enough.
  ///
  /// @param namespace network instance of the interface; those that are VRFs belong to the public
  ///   network, which has the empty name
  /// @param interfaceIndex whose hardware it was
  /// @param stampNanos reading of that hardware's clock
  OptionalLong toRaw(String namespace, int interfaceIndex, long stampNanos);

  /// Tells of the host's interfaces. Does not wait.
  void see(HostNetwork network);

  @Override
  void close();
}
