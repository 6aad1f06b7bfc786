package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls by which a thread enters a namespace.
final class NamespaceCalls {
  // Without O_CREAT it takes no third argument.
  private static final MethodHandle OPEN = Libc.failing("open", ADDRESS, JAVA_INT);
  private static final MethodHandle SETNS = Libc.failing("setns", JAVA_INT, JAVA_INT);

  private NamespaceCalls() {}

  /// Opens a file for reading and returns its descriptor.
  ///
  /// @param path ends with a zero octet
  static int open(MemorySegment state, MemorySegment path) throws LinuxException {
    try {
      int flags = LinuxAbi.O_RDONLY | LinuxAbi.O_CLOEXEC;
      return Libc.checked("open", state, (int) OPEN.invokeExact(state, path, flags));
    } catch (Throwable thrown) {
      throw Libc.rethrown(thrown);
    }
  }

  /// Moves the calling thread, and no other, into the network namespace of a descriptor.
  static void enterNetwork(MemorySegment state, int namespace) throws LinuxException {
    try {
      int result = (int) SETNS.invokeExact(state, namespace, LinuxAbi.CLONE_NEWNET);
      Libc.checked("setns", state, result);
    } catch (Throwable thrown) {
      throw Libc.rethrown(thrown);
    }
  }
}
