package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkNamespaceTest {
  private static final long DEADLINE_NANOS = 5_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"10.98.0.", "fd98::"})
  void aSocketOpenedInsideStaysInside(String network) throws Exception {
    try (TwoHosts hosts = TwoHosts.make();
        LinuxSocket a = open(hosts, "a", network + "1");
        LinuxSocket b = open(hosts, "b", network + "2");
        Poller poller = new Poller()) {
      poller.add(b);
      byte[] payload = {1, 2, 3};
      assertTrue(a.send(new SendBatch(1, 64), payload, b.localAddress(), Optional.empty()));

      poller.await(DEADLINE_NANOS);
      ReceiveBatch received = new ReceiveBatch(1, 64);
      assertEquals(1, b.receive(received));

      assertArrayEquals(payload, received.payload(0));
      assertEquals(a.localAddress(), received.source(0));
    }
  }

  @Test
  void theCallerStaysWhereItIs() throws Exception {
    try (TwoHosts hosts = TwoHosts.make()) {
      Path before = namespaceOfThisThread();
      Path inside =
          NetworkNamespace.call(hosts.file("a"), NetworkNamespaceTest::namespaceOfThisThread);
      assertNotEquals(before, inside);
      assertEquals(before, namespaceOfThisThread());
    }
  }

  @Test
  void whatTheWorkThrowsComesThroughAsItIs() throws Exception {
    try (TwoHosts hosts = TwoHosts.make()) {
      Path file = hosts.file("a");
      for (Exception thrown :
          new Exception[] {new IOException("one"), new IllegalStateException("two")}) {
        assertSame(
            thrown,
            assertThrows(
                Exception.class,
                () ->
                    NetworkNamespace.call(
                        file,
                        () -> {
                          throw thrown;
                        })));
      }
      TimeoutException other = new TimeoutException("three");
      IOException wrapped =
          assertThrows(
              IOException.class,
              () ->
                  NetworkNamespace.call(
                      file,
                      () -> {
                        throw other;
                      }));
      assertSame(other, wrapped.getCause());
    }
  }

  @Test
  void aMissingNamespaceIsNamedWithTheRemedy() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
    IOException failure =
        assertThrows(
            IOException.class,
            () -> NetworkNamespace.call(Path.of("/var/run/netns/no-such-vpn"), () -> 1));
    assertEquals(
        "there is no network namespace no-such-vpn (no file /var/run/netns/no-such-vpn): create it"
            + " with `ip netns add no-such-vpn`",
        failure.getMessage());
  }

  @Test
  void aFileThatIsNoNamespaceIsNamedWithTheRemedy(@TempDir Path folder) throws Exception {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
    Path file = Files.createFile(folder.resolve("blue"));
    IOException failure =
        assertThrows(IOException.class, () -> NetworkNamespace.call(file, () -> 1));
    assertEquals(
        file + " is no network namespace: remove the file and create one with `ip netns add blue`",
        failure.getMessage());
  }

  @Test
  void findsByNameAndNeverOutsideOfItsFolder(@TempDir Path folder) throws Exception {
    Path inside = Files.createDirectory(folder.resolve("netns"));
    Files.createFile(folder.resolve("secret"));
    Path blue = Files.createFile(inside.resolve("blue"));
    assertEquals(Optional.of(blue), NetworkNamespace.find(inside, "blue"));
    for (String name :
        new String[] {"red", "", ".", "..", "../secret", "/etc/passwd", "a\0b", "x".repeat(256)}) {
      assertEquals(Optional.empty(), NetworkNamespace.find(inside, name), name);
    }
  }

  private static LinuxSocket open(TwoHosts hosts, String host, String address) throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    return NetworkNamespace.call(hosts.file(host), () -> LinuxSocket.open(local, false));
  }

  private static Path namespaceOfThisThread() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
  }
}
