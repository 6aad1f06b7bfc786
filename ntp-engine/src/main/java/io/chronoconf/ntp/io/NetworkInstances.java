package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxPlatform;
import io.chronoconf.ntp.linux.Netlink;
import io.chronoconf.ntp.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds each network instance among the host's network namespaces, or else among the VRF devices
/// of the public network. Any thread.
final class NetworkInstances implements Instances {
  /// The kernel's word for such a device.
  private static final String VRF = "vrf";

  private final Function<String, Optional<Path>> namespaces;
  private final Predicate<String> isVrf;
  private volatile Map<String, String> osNames = Map.of();

  NetworkInstances() {
    this(NetworkNamespace::find, NetworkInstances::isVrfOfHost);
  }

  NetworkInstances(Function<String, Optional<Path>> namespaces, Predicate<String> isVrf) {
    this.namespaces = namespaces;
    this.isVrf = isVrf;
  }

  /// Says what the operating system calls the instances.
  ///
  /// @param names by the instance's name; one that is not in it is called the same there
  void use(Map<String, String> names) {
    osNames = Map.copyOf(names);
  }

  @Override
  public <T> T in(String networkInstance, Callable<T> work) throws IOException {
    if (networkInstance.isEmpty()) {
      return Instances.inPublic(work);
    }
    String name = osName(networkInstance);
    Optional<Path> file = namespaces.apply(name);
    if (file.isPresent()) {
      return NetworkNamespace.call(file.get(), work);
    }
    if (isVrf.test(name)) {
      return Instances.inPublic(work);
    }
    throw new IOException(
        "the network instance "
            + (name.equals(networkInstance) ? "" : networkInstance + " (for the system: ")
            + name
            + (name.equals(networkInstance) ? "" : ")")
            + " is neither a network namespace nor a VRF device of this host: create it with `ip"
            + " netns add "
            + name
            + "` (tried again every few seconds)");
  }

  @Override
  public Optional<String> device(String networkInstance) {
    if (networkInstance.isEmpty()) {
      return Optional.empty();
    }
    String name = osName(networkInstance);
    return namespaces.apply(name).isEmpty() && isVrf.test(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  private String osName(String networkInstance) {
    return osNames.getOrDefault(networkInstance, networkInstance);
  }

  private static boolean isVrfOfHost(String name) {
    if (LinuxPlatform.obstacle().isPresent()) {
      return false;
    }
    try (Netlink netlink = Netlink.open()) {
      return netlink.interfaces().stream()
          .anyMatch(device -> device.kind().equals(VRF) && device.name().equals(name));
    } catch (IOException unknown) {
      return false;
    }
  }
}
