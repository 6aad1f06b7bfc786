package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.Errno;
import io.chronoconf.ntp.linux.LinuxException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Why an address could not be bound, told to humans with the remedy.
final class BindFailure {
  private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

  private BindFailure() {}

  static String describe(String networkInstance, InetSocketAddress address, IOException failure) {
    return "NTP is not served on UDP "
        + address.getAddress().getHostAddress()
        + " port "
        + address.getPort()
        + (networkInstance.isEmpty() ? "" : " of the network instance " + networkInstance)
        + ": "
        + remedy(address.getPort(), failure);
  }

  /// Whether the system lacks this address family, which is no fault if nobody asked for it.
  static boolean isMissingFamily(IOException failure) {
    return errno(failure).filter(error -> error == Errno.EAFNOSUPPORT).isPresent();
  }

  private static String remedy(int port, IOException failure) {
    Optional<Errno> errno = errno(failure);
    if (errno.isEmpty()) {
      return failure.getMessage() + "; tried again every few seconds";
    }
    return switch (errno.get()) {
      case EADDRINUSE ->
          "another program has this port; stop it or configure another port (tried again every few"
              + " seconds)";
      case EACCES, EPERM ->
          port < FIRST_UNPRIVILEGED_PORT
              ? "ports below 1024 need CAP_NET_BIND_SERVICE; grant it or configure a port from 1024"
                  + " up"
              : "the system does not permit it (" + failure.getMessage() + ")";
      case EADDRNOTAVAIL ->
          "no interface has this address; bring it up or configure another (tried again every few"
              + " seconds)";
      case EMFILE, ENFILE -> "too many open files; raise the limit (ulimit -n)";
      case ENODEV -> "the device of the network instance is gone (tried again every few seconds)";
      case ENOENT,
          EINTR,
          EAGAIN,
          EINVAL,
          EMSGSIZE,
          EAFNOSUPPORT,
          ENETDOWN,
          ENETUNREACH,
          ENOBUFS,
          ECONNREFUSED,
          EHOSTUNREACH ->
          failure.getMessage() + "; tried again every few seconds";
    };
  }

  private static Optional<Errno> errno(IOException failure) {
    return failure instanceof LinuxException known
        ? known.errno()
        : fromText(Objects.toString(failure.getMessage(), "").toLowerCase(Locale.ROOT));
  }

  /// Java's own sockets tell the reason in words only.
  private static Optional<Errno> fromText(String message) {
    if (message.contains("already in use")) {
      return Optional.of(Errno.EADDRINUSE);
    }
    if (message.contains("permission denied")) {
      return Optional.of(Errno.EACCES);
    }
    if (message.contains("cannot assign requested address")) {
      return Optional.of(Errno.EADDRNOTAVAIL);
    }
    return message.contains("not supported") ? Optional.of(Errno.EAFNOSUPPORT) : Optional.empty();
  }
}
