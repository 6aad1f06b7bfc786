package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.Netlink;
import io.chronoconf.ntp.linux.NetworkNamespace;
import io.chronoconf.ntp.linux.Pollable;
import io.chronoconf.ntp.linux.Poller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The interfaces of all network instances as the kernel tells them: one netlink socket in each
/// namespace.
final class NetlinkInterfaces implements InterfaceSource {
  private static final Logger LOG = LoggerFactory.getLogger(NetlinkInterfaces.class);
  private static final long FOREVER_NANOS = 3_600_000_000_000L;

  /// A namespace that is deleted lives on as long as our socket is in it, and tells nothing.
  private static final long LOOK_NANOS = 2_000_000_000L;

  private static final Object PUBLIC = "the namespace of this process";

  private final Poller poller;
  private final ReentrantLock lock = new ReentrantLock();

  /// By instance. Guarded by the lock; only the thread that follows changes it.
  private final Map<String, Watched> watched = new HashMap<>();

  /// Instances that could not be read. Guarded by the lock.
  private final Set<String> broken = new HashSet<>();

  private final Map<String, String> refusals = new HashMap<>();
  private volatile Map<String, String> osNames = Map.of();
  private Map<String, String> followed = Map.of();
  private boolean isImpatient;

  /// @throws LinuxException if the system refuses
  NetlinkInterfaces() throws LinuxException {
    Netlink own = Netlink.open();
    try {
      poller = new Poller();
    } catch (LinuxException failure) {
      own.close();
      throw failure;
    }
    watch("", new Watched(PUBLIC, own));
  }

  /// @param identity tells one namespace from another of the same name
  private record Watched(Object identity, Netlink netlink) {}

  @Override
  public void use(Map<String, String> names) {
    Map<String, String> all = new HashMap<>(names);
    all.remove("");
    osNames = Map.copyOf(all);
  }

  @Override
  public boolean follow() {
    Map<String, String> names = osNames;
    lock.lock();
    try {
      boolean isChanged = !names.equals(followed);
      followed = names;
      isImpatient = false;
      Map<String, Object> identities = new HashMap<>();
      identities.put("", PUBLIC);
      names.forEach(
          (instance, name) -> identity(name).ifPresent(key -> identities.put(instance, key)));
      isChanged |= closeWhatIsNotIn(identities);
      if (!isImpatient) {
        isChanged |= openWhatIsIn(identities, names);
      }
      return isChanged;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public HostNetwork read() {
    lock.lock();
    try {
      Map<String, List<HostInterface>> devices = new HashMap<>();
      watched.forEach(
          (instance, one) -> read(instance, one).ifPresent(all -> devices.put(instance, all)));
      Map<String, String> withoutNamespace = new HashMap<>(osNames);
      withoutNamespace.keySet().removeAll(watched.keySet());
      List<HostInterface> own = devices.remove("");
      if (own != null) {
        devices.putAll(VrfSplit.split(own, withoutNamespace));
      }
      return new HostNetwork(devices);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await() {
    boolean isSettled = followed.isEmpty() && watched.containsKey("") && isAllReadable();
    long nanos = isImpatient ? 0 : isSettled ? FOREVER_NANOS : LOOK_NANOS;
    List<Pollable> ready = poller.await(nanos);
    lock.lock();
    try {
      boolean isChanged = false;
      for (Watched one : watched.values()) {
        isChanged |= ready.contains(one.netlink()) && one.netlink().takeChanges();
      }
      return isChanged;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      List.copyOf(watched.keySet()).forEach(this::forget);
    } finally {
      lock.unlock();
    }
    poller.close();
  }

  private boolean isAllReadable() {
    lock.lock();
    try {
      return broken.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<List<HostInterface>> read(String instance, Watched one) {
    try {
      return Optional.of(one.netlink().interfaces());
    } catch (LinuxException refused) {
      broken.add(instance);
      warnOnce(instance, refused);
      return Optional.empty();
    }
  }

  /// Another namespace of the same name is to be seen as what it is: as one that went and one that
  /// came. So it is opened one round later.
  private boolean closeWhatIsNotIn(Map<String, Object> identities) {
    List<String> gone =
        watched.entrySet().stream()
            .filter(
                entry ->
                    broken.contains(entry.getKey())
                        || !entry.getValue().identity().equals(identities.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    for (String instance : gone) {
      isImpatient |= identities.containsKey(instance) && !broken.contains(instance);
      forget(instance);
    }
    return !gone.isEmpty();
  }

  private boolean openWhatIsIn(Map<String, Object> identities, Map<String, String> names) {
    boolean isChanged = false;
    for (Map.Entry<String, Object> wanted : identities.entrySet()) {
      String instance = wanted.getKey();
      if (!watched.containsKey(instance)) {
        try {
          watch(instance, new Watched(wanted.getValue(), open(names.getOrDefault(instance, ""))));
          refusals.remove(instance);
          isChanged = true;
        } catch (IOException refused) {
          warnOnce(instance, refused);
        }
      }
    }
    return isChanged;
  }

  private static Netlink open(String osName) throws IOException {
    if (osName.isEmpty()) {
      return Netlink.open();
    }
    Optional<Path> file = NetworkNamespace.find(osName);
    if (file.isEmpty()) {
      throw new IOException("the network namespace " + osName + " is gone");
    }
    return NetworkNamespace.call(file.get(), Netlink::open);
  }

  private void watch(String instance, Watched one) {
    watched.put(instance, one);
    poller.add(one.netlink());
  }

  private void forget(String instance) {
    Watched one = watched.remove(instance);
    broken.remove(instance);
    if (one != null) {
      poller.remove(one.netlink());
      one.netlink().close();
    }
  }

  private void warnOnce(String instance, IOException refused) {
    String text = Objects.toString(refused.getMessage(), "");
    if (!text.equals(refusals.put(instance, text))) {
      LOG.warn("the interfaces of the network instance \"{}\" are not known: {}", instance, text);
    }
  }

  private static Optional<Object> identity(String osName) {
    Optional<Path> file = NetworkNamespace.find(osName);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          Files.readAttributes(file.get(), BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
