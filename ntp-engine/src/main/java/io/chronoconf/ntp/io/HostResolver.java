package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.Output;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Looks names up on threads of its own, inside the network instance that asks. Names in VRFs are
/// refused: the system's resolver cannot be bound to a device. Any thread.
final class HostResolver implements AutoCloseable {
  private static final int THREADS = 4;

  private final Instances instances;
  private final Lookup lookup;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("ntp-resolver-", 0).daemon().factory());

  /// Who knows names.
  @FunctionalInterface
  interface Lookup {
    InetAddress[] all(String name) throws UnknownHostException;
  }

  HostResolver(Instances instances, Lookup lookup) {
    this.instances = instances;
    this.lookup = lookup;
  }

  /// Asks the system. Java's own cache knows no instances and outlives changes, so it is switched
  /// off; it must not have been used before.
  static HostResolver ofSystem(Instances instances) {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    return new HostResolver(instances, InetAddress::getAllByName);
  }

  /// Looks a name up.
  ///
  /// @param told gets the answer, on a thread of this resolver
  void resolve(Output.Resolve wanted, Consumer<Input.Resolved> told) {
    threads.execute(() -> told.accept(answer(wanted)));
  }

  private Input.Resolved answer(Output.Resolve wanted) {
    String instance = wanted.networkInstance();
    try {
      if (instances.device(instance).isPresent()) {
        return refusal(
            wanted,
            "names cannot be looked up in the network instance "
                + instance
                + ", which is a VRF device: give the address");
      }
      List<InetAddress> addresses =
          instances.in(instance, () -> Arrays.asList(lookup.all(wanted.name()))).stream()
              .filter(address -> isOf(wanted.family(), address))
              .toList();
      return addresses.isEmpty()
          ? refusal(wanted, "it has no " + family(wanted.family()) + " address")
          : new Input.Resolved(instance, wanted.name(), wanted.family(), addresses, "");
    } catch (UnknownHostException unknown) {
      return refusal(
          wanted, "nobody knows it: check the name and the name servers in /etc/resolv.conf");
    } catch (IOException failure) {
      return refusal(wanted, String.valueOf(failure.getMessage()));
    }
  }

  private static boolean isOf(AddressFamily family, InetAddress address) {
    return switch (family) {
      case IPV4 -> address instanceof Inet4Address;
      case IPV6 -> !(address instanceof Inet4Address);
      case ANY -> true;
    };
  }

  private static String family(AddressFamily family) {
    return switch (family) {
      case IPV4 -> "IPv4";
      case IPV6 -> "IPv6";
      case ANY -> "usable";
    };
  }

  private static Input.Resolved refusal(Output.Resolve wanted, String why) {
    String where =
        wanted.networkInstance().isEmpty()
            ? ""
            : " in the network instance " + wanted.networkInstance();
    return new Input.Resolved(
        wanted.networkInstance(),
        wanted.name(),
        wanted.family(),
        List.of(),
        "the name %s is not found%s: %s (tried again)".formatted(wanted.name(), where, why));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
