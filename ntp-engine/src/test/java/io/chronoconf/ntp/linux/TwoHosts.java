package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.host.HostInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Two network namespaces `a` and `b`, joined by a veth pair `v0` whose ends have addresses 1 and 2
/// of 10.98.0.0/24 and of fd98::/64. Skips the test where they cannot be made.
public final class TwoHosts implements AutoCloseable {
  public static final String DEVICE = "v0";

  private static final long DEADLINE_NANOS = 10_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final String prefix =
      "ccl" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 100_000;
  private final List<String> made = new ArrayList<>();

  private TwoHosts() {}

  public static TwoHosts make() throws IOException {
    needNamespaces();
    TwoHosts hosts = new TwoHosts();
    try {
      hosts.connect();
      return hosts;
    } catch (IOException e) {
      hosts.close();
      throw e;
    }
  }

  /// What `ip netns` calls a host.
  public String name(String host) {
    return prefix + host;
  }

  public Path file(String host) {
    return NetworkNamespace.find(name(host)).orElseThrow();
  }

  /// Runs `ip` inside a host.
  public void ip(String host, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-n", name(host)));
    command.addAll(Arrays.asList(arguments));
    ip(command);
  }

  public void add(String host) throws IOException {
    ip(List.of("netns", "add", name(host)));
    made.add(name(host));
    ip(host, "link", "set", "lo", "up");
  }

  public void delete(String host) throws IOException {
    ip(List.of("netns", "del", name(host)));
    made.remove(name(host));
  }

  @Override
  public void close() {
    for (String name : made) {
      try {
        ip(List.of("netns", "del", name));
      } catch (IOException e) {
        System.err.println(e.getMessage());
      }
    }
  }

  private void connect() throws IOException {
    add("a");
    add("b");
    ip("a", "link", "add", DEVICE, "type", "veth", "peer", "name", DEVICE, "netns", name("b"));
    for (String host : List.of("a", "b")) {
      String last = host.equals("a") ? "1" : "2";
      String v4 = "10.98.0." + last + "/24";
      ip(host, "address", "add", v4, "broadcast", "10.98.0.255", "dev", DEVICE);
      ip(host, "address", "add", "fd98::" + last + "/64", "dev", DEVICE, "nodad");
      ip(host, "link", "set", DEVICE, "addrgenmode", "none");
      ip(host, "address", "add", "fe80::" + last + "/64", "dev", DEVICE, "nodad");
    }
    ip("a", "link", "set", DEVICE, "up");
    ip("b", "link", "set", DEVICE, "up");
    for (String network : List.of("10.98.0.", "fd98::")) {
      awaitPath("a", network + "1", "b", network + "2");
      awaitPath("b", network + "2", "a", network + "1");
    }
  }

  /// The kernel gets devices and routes ready in its own time, and says so before it is true: only
  /// a datagram that arrives proves it.
  private void awaitPath(String from, String source, String to, String target) throws IOException {
    ReceiveBatch received = new ReceiveBatch(1, 8);
    SendBatch sent = new SendBatch(1, 8);
    try (LinuxSocket sender = open(from, source);
        LinuxSocket receiver = open(to, target);
        Poller poller = new Poller()) {
      poller.add(receiver);
      long deadline = System.nanoTime() + DEADLINE_NANOS;
      while (receiver.receive(received) == 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("nothing comes from " + name(from) + " to " + name(to));
        }
        sender.send(sent, new byte[1], receiver.localAddress(), Optional.empty());
        poller.await(LOOK_AGAIN_NANOS);
      }
    }
  }

  private LinuxSocket open(String host, String address) throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    return NetworkNamespace.call(file(host), () -> LinuxSocket.open(local, false));
  }

  /// A device of a host as the kernel tells it.
  public HostInterface device(String host, String name) throws IOException {
    return NetworkNamespace.call(
            file(host),
            () -> {
              try (Netlink netlink = Netlink.open()) {
                return netlink.interfaces();
              }
            })
        .stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// A missing program is a fault of the machine that runs all tests, missing privilege is not.
  private static void needNamespaces() {
    Assumptions.assumeTrue(LinuxPlatform.obstacle().isEmpty());
    boolean hasIp =
        List.of("/sbin/ip", "/usr/sbin/ip", "/bin/ip").stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path)));
    if (!hasIp && "true".equals(System.getenv("CI"))) {
      Assertions.fail("ip is not installed (package iproute2)");
    }
    Assumptions.assumeTrue(hasIp, "ip is not installed (package iproute2)");
    String probe = "ccl-probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 100_000;
    try {
      ip(List.of("netns", "add", probe));
      ip(List.of("netns", "del", probe));
    } catch (IOException refused) {
      Assumptions.abort("network namespaces cannot be made here (root is needed): " + refused);
    }
  }

  private static void ip(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
