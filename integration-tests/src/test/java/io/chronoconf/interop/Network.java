package io.chronoconf.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Two hosts on one cable: network namespaces joined by a veth pair. Closing it ends what was
/// started in them and removes them.
final class Network implements AutoCloseable {
  private final List<String> hosts = new ArrayList<>();
  private final List<RunningProgram> programs = new ArrayList<>();
  private final String prefix;

  private Network(String prefix) {
    this.prefix = prefix;
  }

  /// Hosts `a` and `b` with one address each, such as `1.0.1.11/24` or `3000::34/64`.
  static Network ofTwo(String addressOfA, String addressOfB) throws IOException {
    Peers.namespaces();
    Network network =
        new Network("cc" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 100_000);
    try {
      network.addHost("a");
      network.addHost("b");
      run(
          "ip",
          "link",
          "add",
          "name",
          "eth0",
          "netns",
          network.host("a"),
          "type",
          "veth",
          "peer",
          "name",
          "eth0",
          "netns",
          network.host("b"));
      network.configure("a", addressOfA);
      network.configure("b", addressOfB);
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private void addHost(String name) throws IOException {
    run("ip", "netns", "add", host(name));
    hosts.add(host(name));
    run("ip", "-n", host(name), "link", "set", "lo", "up");
  }

  private void configure(String name, String address) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ip", "-n", host(name), "address", "add", address, "dev", "eth0"));
    if (address.contains(":")) {
      command.add("nodad");
    }
    run(command.toArray(String[]::new));
    run("ip", "-n", host(name), "link", "set", "eth0", "up");
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
