package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Hosts that are network namespaces, joined by veth pairs. Closing it ends what was started in
/// them and removes them.
final class Network implements AutoCloseable {
  /// Where `ip netns exec` finds files that are a namespace's own.
  private static final Path OF_NAMESPACES = Path.of("/etc/netns");

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final List<String> hosts = new ArrayList<>();
  private final List<RunningProgram> programs = new ArrayList<>();
  private final String prefix;

  private Network(String prefix) {
    this.prefix = prefix;
  }

  /// These hosts, without any cable.
  static Network of(String... names) throws IOException {
    Peers.namespaces();
    Network network =
        new Network("cc" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
    try {
      for (String name : names) {
        network.addHost(name);
      }
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  /// Hosts `a` and `b` with one address each, such as `1.0.1.11/24` or `3000::34/64`, both by an
  /// interface `eth0`.
  static Network ofTwo(String addressOfA, String addressOfB) throws IOException {
    Network network = of("a", "b");
    try {
      network.cable("a", "eth0", "b", "eth0");
      network.address("a", "eth0", addressOfA);
      network.address("b", "eth0", addressOfB);
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private void addHost(String name) throws IOException {
    run("ip", "netns", "add", host(name));
    hosts.add(host(name));
    ip(name, "link", "set", "lo", "up");
  }

  /// Joins two interfaces, which come into being by it and are up.
  void cable(String a, String deviceOfA, String b, String deviceOfB) throws IOException {
    run(
        "ip", "link", "add", "name", deviceOfA, "netns", host(a), "type", "veth", "peer", "name",
        deviceOfB, "netns", host(b));
    ip(a, "link", "set", deviceOfA, "up");
    ip(b, "link", "set", deviceOfB, "up");
  }

  /// Makes a bridge of some interfaces of a host, without snooping.
  void bridge(String name, String bridge, String... devices) throws IOException {
    ip(name, "link", "add", "name", bridge, "type", "bridge", "mcast_snooping", "0");
    for (String device : devices) {
      ip(name, "link", "set", device, "master", bridge);
    }
    ip(name, "link", "set", bridge, "up");
  }

  /// Gives an interface an address with its prefix length.
  void address(String name, String device, String address) throws IOException {
    List<String> words = new ArrayList<>(List.of("address", "add", address, "dev", device));
    words.addAll(address.contains(":") ? List.of("nodad") : List.of("broadcast", "+"));
    ip(name, words.toArray(String[]::new));
  }

  /// Runs `ip` on a host.
  void ip(String name, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "-n", host(name)));
    command.addAll(List.of(words));
    run(command.toArray(String[]::new));
  }

  /// Sets a kernel parameter of a host's network.
  void set(String name, String parameter, String value) throws IOException {
    run("ip", "netns", "exec", host(name), "sysctl", "-q", "-w", parameter + "=" + value);
  }

  /// Replaces the file of names (`/etc/hosts`) that programs on a host see.
  void names(String name, String lines) throws IOException {
    Path files = OF_NAMESPACES.resolve(host(name));
    Files.createDirectories(files);
    // Programs that run have this very file.
    Files.writeString(files.resolve("hosts"), lines);
  }

  /// The namespace of a host.
  String host(String name) {
    return prefix + name;
  }

  /// Starts a program on a host; it ends with the network at the latest.
  RunningProgram start(String hostName, List<String> command) throws IOException {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", host(hostName)));
    inside.addAll(command);
    RunningProgram program = RunningProgram.start(inside);
    programs.add(program);
    return program;
  }

  @Override
  public void close() {
    programs.reversed().forEach(RunningProgram::close);
    for (String host : hosts) {
      try {
        run("ip", "netns", "del", host);
        Files.deleteIfExists(OF_NAMESPACES.resolve(host).resolve("hosts"));
        Files.deleteIfExists(OF_NAMESPACES.resolve(host));
      } catch (IOException e) {
        System.err.println(e.getMessage());
      }
    }
  }

  private static void run(String... command) throws IOException {
    try (RunningProgram program = RunningProgram.start(List.of(command))) {
      int status = program.await(java.time.Duration.ofSeconds(10));
      if (status != 0) {
        throw new IOException(String.join(" ", command) + ": " + program.output());
      }
    }
  }
}
