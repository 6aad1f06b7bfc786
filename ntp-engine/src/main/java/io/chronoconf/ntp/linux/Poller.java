package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Waits for something to read on some sockets, for a time, or for a wake-up. One thread, except
/// [#wakeUp].
public final class Poller implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FIRST_ROOM = 16;

  private final int wakeUp;
  private final MemorySegment state;
  private final MemorySegment span;
  private final MemorySegment taken;
  private final MemorySegment one;
  private final List<Pollable> sockets = new ArrayList<>();
  private MemorySegment descriptors;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isClosed;

  /// @throws LinuxException if the system has no descriptor left
  public Poller() throws LinuxException {
    LinuxPlatform.require();
    Arena arena = Arena.ofAuto();
    state = arena.allocate(Libc.STATE);
    span = arena.allocate(LinuxAbi.TIMESPEC_SIZE, 8);
    taken = arena.allocate(JAVA_LONG);
    one = arena.allocateFrom(JAVA_LONG, 1);
    descriptors = allocate(FIRST_ROOM);
    wakeUp = Libc.eventFd(state);
  }

  public void add(Pollable socket) {
    sockets.add(socket);
    if ((sockets.size() + 1L) * LinuxAbi.POLLFD_SIZE > descriptors.byteSize()) {
      descriptors = allocate(2 * sockets.size() + 1);
    }
  }

  /// Call it before the socket is closed.
  public void remove(Pollable socket) {
    sockets.remove(socket);
  }

  /// Waits and returns the sockets that have something; none after the time or a wake-up.
  ///
  /// @param nanos how long at most; zero or less does not wait
  public List<Pollable> await(long nanos) {
    watch(0, wakeUp);
    for (int i = 0; i < sockets.size(); i++) {
      watch(i + 1, sockets.get(i).descriptor());
    }
    long wait = Math.max(0, nanos);
    span.set(JAVA_LONG, 0, wait / NANOS_PER_SECOND);
    span.set(JAVA_LONG, 8, wait % NANOS_PER_SECOND);
    int ready = Libc.ppoll(state, descriptors, sockets.size() + 1L, span);
    if (ready <= 0) {
      return List.of();
    }
    if (hasEvent(0)) {
      Libc.transferCounter(false, wakeUp, taken);
    }
    List<Pollable> result = new ArrayList<>(ready);
    for (int i = 0; i < sockets.size(); i++) {
      if (hasEvent(i + 1)) {
        result.add(sockets.get(i));
      }
    }
    return result;
  }

  /// Ends the wait under way, or the next one. Any thread.
  public void wakeUp() {
    // The number of a closed descriptor may already be another file's.
    lock.lock();
    try {
      if (!isClosed) {
        Libc.transferCounter(true, wakeUp, one);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        Libc.close(wakeUp);
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch(int index, int descriptor) {
    long at = (long) index * LinuxAbi.POLLFD_SIZE;
    descriptors.set(JAVA_INT, at, descriptor);
    descriptors.set(JAVA_SHORT, at + LinuxAbi.POLLFD_EVENTS, LinuxAbi.POLLIN);
    descriptors.set(JAVA_SHORT, at + LinuxAbi.POLLFD_REVENTS, (short) 0);
  }

  private boolean hasEvent(int index) {
    long at = (long) index * LinuxAbi.POLLFD_SIZE;
    return descriptors.get(JAVA_SHORT, at + LinuxAbi.POLLFD_REVENTS) != 0;
  }

  private static MemorySegment allocate(int count) {
    return Arena.ofAuto().allocate((long) count * LinuxAbi.POLLFD_SIZE, 8);
  }
}
