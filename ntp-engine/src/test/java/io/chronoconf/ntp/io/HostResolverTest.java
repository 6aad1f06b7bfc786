package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HostResolverTest {
  private static final InetAddress IPV4 = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("2001:db8::1");

  /// An instance that is a namespace, and one that is a VRF device.
  private static final Instances INSTANCES =
      new Instances() {
        @Override
        public <T> T in(String networkInstance, Callable<T> work) throws IOException {
          if (networkInstance.equals("gone")) {
            throw new IOException("there is no network namespace gone");
          }
          return Instances.inPublic(work);
        }

        @Override
        public Optional<String> device(String networkInstance) {
          return networkInstance.equals("red") ? Optional.of("vrf-red") : Optional.empty();
        }
      };

  private static Input.Resolved resolve(String instance, String name, AddressFamily family) {
    try (HostResolver resolver = new HostResolver(INSTANCES, HostResolverTest::lookUp)) {
      CompletableFuture<Input.Resolved> told = new CompletableFuture<>();
      resolver.resolve(new Output.Resolve(instance, name, family), told::complete);
      return told.join();
    }
  }

  private static InetAddress[] lookUp(String name) throws UnknownHostException {
    if (name.equals("both.example")) {
      return new InetAddress[] {IPV6, IPV4};
    }
    if (name.equals("old.example")) {
      return new InetAddress[] {IPV4};
    }
    throw new UnknownHostException(name);
  }

  @Test
  void givesTheAddressesOfTheFamily() {
    assertEquals(List.of(IPV4), resolve("", "both.example", AddressFamily.IPV4).addresses());
    assertEquals(List.of(IPV6), resolve("blue", "both.example", AddressFamily.IPV6).addresses());
    assertEquals(List.of(IPV6, IPV4), resolve("", "both.example", AddressFamily.ANY).addresses());
  }

  @Test
  void saysWhyThereIsNone() {
    assertSays(
        "the name old.example is not found: it has no IPv6 address (tried again)",
        resolve("", "old.example", AddressFamily.IPV6));
    assertSays(
        "the name none.example is not found in the network instance blue: nobody knows it: check"
            + " the name and the name servers in /etc/resolv.conf (tried again)",
        resolve("blue", "none.example", AddressFamily.ANY));
    assertSays(
        "the name old.example is not found in the network instance gone: there is no network"
            + " namespace gone (tried again)",
        resolve("gone", "old.example", AddressFamily.ANY));
    assertSays(
        "the name old.example is not found in the network instance red: names cannot be looked up"
            + " in the network instance red, which is a VRF device: give the address (tried again)",
        resolve("red", "old.example", AddressFamily.ANY));
  }

  private static void assertSays(String expected, Input.Resolved answer) {
    assertTrue(answer.addresses().isEmpty());
    assertEquals(expected, answer.failure());
  }
}
