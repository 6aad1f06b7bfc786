package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's functions that this package calls, each as a typed method. Those that may fail
/// take a `state` segment, which receives errno; it belongs to one thread at a time.
@SuppressWarnings("restricted") // calling into the system is what this class is for
final class Libc {
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final int LONGEST_TEXT = 256;

  private static final MethodHandle SOCKET = failing("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = failing("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CONNECT = failing("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      failing("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      failing("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMMSG =
      failing("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SENDMMSG =
      failing("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle PPOLL = failing("ppoll", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle EVENTFD = failing("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOCK_ADJTIME = failing("clock_adjtime", JAVA_INT, ADDRESS);
  private static final MethodHandle READ =
      plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle STRERROR =
      plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  // Short and never blocking: the heap may be handed over, and the thread need not change state.
  private static final MethodHandle CLOCK_GETTIME =
      LINKER.downcallHandle(
          symbol("clock_gettime"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
          Linker.Option.critical(true));

  private Libc() {}

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  static String errorText(int number) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(number);
      return text.reinterpret(LONGEST_TEXT).getString(0);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  static int socket(MemorySegment state, int family, int type) throws LinuxException {
    try {
      return checked("socket", state, (int) SOCKET.invokeExact(state, family, type, 0));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  static void bind(MemorySegment state, int socket, MemorySegment address, int length)
      throws LinuxException {
    try {
      checked("bind", state, (int) BIND.invokeExact(state, socket, address, length));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  static void connect(MemorySegment state, int socket, MemorySegment address, int length)
      throws LinuxException {
    try {
      checked("connect", state, (int) CONNECT.invokeExact(state, socket, address, length));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  static void getSockName(
      MemorySegment state, int socket, MemorySegment address, MemorySegment length)
      throws LinuxException {
    try {
      checked("getsockname", state, (int) GETSOCKNAME.invokeExact(state, socket, address, length));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  static void setSockOpt(
      MemorySegment state, int socket, int level, int name, MemorySegment value, int length)
      throws LinuxException {
    try {
      int result = (int) SETSOCKOPT.invokeExact(state, socket, level, name, value, length);
      checked("setsockopt " + level + "/" + name, state, result);
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  /// The number of messages, or -1 with errno in `state`.
  static int recvMmsg(
      MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
    try {
      return (int)
          RECVMMSG.invokeExact(
              state, socket, messages, count, flags | LinuxAbi.MSG_DONTWAIT, MemorySegment.NULL);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  /// The number of messages, or -1 with errno in `state`.
  static int sendMmsg(MemorySegment state, int socket, MemorySegment messages, int count) {
    try {
      int flags = LinuxAbi.MSG_DONTWAIT | LinuxAbi.MSG_NOSIGNAL;
      return (int) SENDMMSG.invokeExact(state, socket, messages, count, flags);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  /// The number of ready descriptors, or -1 with errno in `state`.
  static int ppoll(MemorySegment state, MemorySegment descriptors, long count, MemorySegment span) {
    try {
      return (int) PPOLL.invokeExact(state, descriptors, count, span, MemorySegment.NULL);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  static int eventFd(MemorySegment state) throws LinuxException {
    try {
      int flags = LinuxAbi.EFD_NONBLOCK | LinuxAbi.EFD_CLOEXEC;
      return checked("eventfd", state, (int) EVENTFD.invokeExact(state, 0, flags));
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  /// The clock's state (0 to 5).
  static int clockAdjTime(MemorySegment state, MemorySegment timex) throws LinuxException {
    try {
      int result = (int) CLOCK_ADJTIME.invokeExact(state, LinuxAbi.CLOCK_REALTIME, timex);
      return checked("clock_adjtime", state, result);
    } catch (Throwable thrown) {
      throw rethrown(thrown);
    }
  }

  static void clockGetTime(int clock, MemorySegment timespec) {
    try {
      int result = (int) CLOCK_GETTIME.invokeExact(clock, timespec);
      if (result != 0) {
        throw new IllegalStateException("clock_gettime refuses clock " + clock);
      }
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  /// Reads or writes eight bytes; a full or empty counter is no error to anyone here.
  @SuppressWarnings("UnusedVariable") // invokeExact wants its result to be taken
  static void transferCounter(boolean isWrite, int descriptor, MemorySegment eightBytes) {
    try {
      MethodHandle call = isWrite ? WRITE : READ;
      long ignored = (long) call.invokeExact(descriptor, eightBytes, 8L);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  @SuppressWarnings("UnusedVariable") // the descriptor is gone whatever close returns
  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable unexpected) {
      throw unreachable(unexpected);
    }
  }

  /// A function that returns an `int`, negative with errno in its first parameter if it failed.
  static MethodHandle failing(String name, MemoryLayout... parameters) {
    return failing(name, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  static MethodHandle failing(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.captureCallState("errno"));
  }

  /// A function that may fail and takes any number of arguments from a certain one on.
  static MethodHandle variadic(String name, FunctionDescriptor descriptor, int firstVariadic) {
    return LINKER.downcallHandle(
        symbol(name),
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor);
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  static int checked(String call, MemorySegment state, int result) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(call, errno(state));
    }
    return result;
  }

  static LinuxException rethrown(Throwable thrown) {
    if (thrown instanceof LinuxException failure) {
      return failure;
    }
    throw unreachable(thrown);
  }

  static RuntimeException unreachable(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }
}
