package io.chronoconf.ntp.linux;

import java.util.Arrays;
import java.util.Optional;

/// The error numbers that something is to be said about.
public enum Errno {
  EPERM(1, "not permitted"),
  ENOENT(2, "no such file"),
  EINTR(4, "interrupted"),
  EAGAIN(11, "nothing there just now"),
  EACCES(13, "permission denied"),
  ENODEV(19, "no such device"),
  EINVAL(22, "invalid argument"),
  EMFILE(24, "this process has too many open files"),
  ENFILE(23, "the system has too many open files"),
  EMSGSIZE(90, "message too long"),
  EAFNOSUPPORT(97, "the system does not have this address family"),
  EADDRINUSE(98, "another program has this port"),
  EADDRNOTAVAIL(99, "no interface has this address"),
  ENETDOWN(100, "the network is down"),
  ENETUNREACH(101, "no route to the network"),
  ENOBUFS(105, "the system has no buffers left"),
  ECONNREFUSED(111, "refused by the other side"),
  EHOSTUNREACH(113, "no route to the host");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  public String text() {
    return text;
  }

  static Optional<Errno> of(int number) {
    return Arrays.stream(values()).filter(known -> known.number == number).findFirst();
  }
}
