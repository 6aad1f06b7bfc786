package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.LinuxPlatform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the host's interfaces and tells when they become others. A network instance that appears
/// or disappears is seen within two seconds; one that is replaced by another of the same name
/// disappears first. Any thread.
public final class InterfaceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceWatch.class);
  private static final long STOP_MILLIS = 5_000;
  private static final long AFTER_DEFECT_NANOS = 1_000_000_000L;

  private final InterfaceSource source;
  private final Consumer<HostNetwork> listener;
  private final Thread thread;
  private Optional<HostNetwork> told = Optional.empty();
  private volatile boolean isStopping;

  private InterfaceWatch(InterfaceSource source, Consumer<HostNetwork> listener) {
    this.source = source;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("ntp-interfaces").daemon().unstarted(this::run);
  }

  /// Starts watching the public network. The kernel is asked where its calls can be had, and Java
  /// everywhere else.
  ///
  /// @param listener told at once and after each change, on the thread of the watch: it must not
  ///   block. Counters do not count as a change
  public static InterfaceWatch start(Consumer<HostNetwork> listener) {
    return start(source(), listener);
  }

  static InterfaceWatch start(InterfaceSource source, Consumer<HostNetwork> listener) {
    InterfaceWatch watch = new InterfaceWatch(source, listener);
    watch.thread.start();
    return watch;
  }

  /// Says which network instances are to be watched besides the public network.
  ///
  /// @param osNames what the operating system calls each of them: a network namespace or a VRF
  public void use(Map<String, String> osNames) {
    source.use(osNames);
    source.wakeUp();
  }

  /// The picture at this moment, with its counters. Instances that have just come may be missing.
  public HostNetwork now() {
    return source.read();
  }

  /// Ends the thread; nobody is told anything afterwards.
  @Override
  public void close() {
    isStopping = true;
    source.wakeUp();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static InterfaceSource source() {
    if (LinuxPlatform.obstacle().isPresent()) {
      return new JavaInterfaces();
    }
    try {
      return new NetlinkInterfaces();
    } catch (LinuxException refused) {
      LOG.warn(
          "the kernel does not tell of its interfaces ({}): they are looked at every few seconds,"
              + " and network instances are not seen",
          refused.getMessage());
      return new JavaInterfaces();
    }
  }

  private void run() {
    try (source) {
      boolean isChanged = true;
      while (!isStopping) {
        isChanged = turn(isChanged);
      }
    }
  }

  /// One round; whatever goes wrong in it must not end the watch. Returns whether there may be
  /// something to tell.
  private boolean turn(boolean isChanged) {
    try {
      if (source.follow() || isChanged) {
        tell(source.read());
      }
      return source.await();
    } catch (RuntimeException defect) {
      LOG.error("the watch of the interfaces goes on after an internal error", defect);
      LockSupport.parkNanos(AFTER_DEFECT_NANOS);
      return true;
    }
  }

  private void tell(HostNetwork network) {
    Optional<HostNetwork> picture = Optional.of(withoutStatistics(network));
    if (!picture.equals(told) && !isStopping) {
      told = picture;
      listener.accept(network);
    }
  }

  private static HostNetwork withoutStatistics(HostNetwork network) {
    Map<String, List<HostInterface>> devices = new HashMap<>();
    network
        .instances()
        .forEach(
            (instance, all) ->
                devices.put(instance, all.stream().map(HostInterface::withoutStatistics).toList()));
    return new HostNetwork(devices);
  }
}
