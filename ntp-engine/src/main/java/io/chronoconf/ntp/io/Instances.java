package io.chronoconf.ntp.io;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/// The network instances (VPNs) of the host, by the names that the configuration gives them. Any
/// thread.
interface Instances {
  /// The public network alone.
  Instances NONE =
      new Instances() {
        @Override
        public <T> T in(String networkInstance, Callable<T> work) throws IOException {
          if (!networkInstance.isEmpty()) {
            throw new IOException("there are no network instances here: " + networkInstance);
          }
          return inPublic(work);
        }

        @Override
        public Optional<String> device(String networkInstance) {
          return Optional.empty();
        }
      };

  /// Does something inside an instance; sockets opened there stay there.
  ///
  /// @param networkInstance its name; empty is the public network
  /// @param work must be short. Its IOExceptions and unchecked exceptions come through as they are
  /// @throws IOException of the work, or if there is no such instance, with a message for humans
  <T> T in(String networkInstance, Callable<T> work) throws IOException;

  /// The device that a socket has to be bound to in order to be in that instance, besides being
  /// opened by [#in]; empty if it needs none. Ask before [#in], not inside.
  Optional<String> device(String networkInstance);

  /// Does something where the caller is.
  static <T> T inPublic(Callable<T> work) throws IOException {
    try {
      return work.call();
    } catch (IOException | RuntimeException known) {
      throw known;
    } catch (Exception other) {
      throw new IOException(other.getMessage(), other);
    }
  }
}
