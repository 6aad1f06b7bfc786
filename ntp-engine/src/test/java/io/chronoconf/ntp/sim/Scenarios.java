package io.chronoconf.ntp.sim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scenarios that accuracy is told in, by their letters.
public final class Scenarios {
  private static final Map<String, Scenario> ALL = all();

  private Scenarios() {}

  /// All, in the order of their letters.
  public static Map<String, Scenario> byName() {
    return ALL;
  }

  /// Scenario `A`, what everything else is derived from: a LAN.
  public static Scenario lan() {
    return client(ServerSetup.symmetric(1e-4, 1e-5));
  }

  private static Map<String, Scenario> all() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    Scenario wan = client(ServerSetup.symmetric(2e-2, 1e-3));
    all.put("A", lan());
    all.put("B", wan);
    all.put("C", client(ServerSetup.symmetric(2e-2, 1e-2)));
    all.put("D", client(asymmetric()));
    all.put("F", client(ServerSetup.symmetric(1e-3, 1e-4)).withWander(1e-8));
    all.put("G", client(ServerSetup.symmetric(1e-4, 1e-4)).withFrequency(1e-4));
    all.put("I", wan.withServers(fourServers()));
    all.put("J", wan.withLoss(0.2));
    all.put("K", client(ServerSetup.symmetric(1e-3, 1e-4)).withOffset(10));
    all.put("N", chain(List.of(-5e-6, 5e-6, 1.5e-5), ServerSetup.symmetric(1e-3, 1e-4)));
    return Collections.unmodifiableMap(all);
  }

  private static ServerSetup asymmetric() {
    Delay up = new Delay.Exponential(5e-3, 1e-4);
    return new ServerSetup(0, up, new Delay.Raised(up, 4e-3, 4000));
  }

  private static List<ServerSetup> fourServers() {
    ServerSetup last = ServerSetup.symmetric(5e-3, 1e-3);
    return List.of(
        ServerSetup.symmetric(5e-3, 1e-3),
        ServerSetup.symmetric(1e-2, 1e-3),
        ServerSetup.symmetric(2e-2, 1e-3),
        new ServerSetup(0.5, last.up(), last.down()));
  }

  private static Scenario client(ServerSetup server) {
    return chain(List.of(1e-5), server);
  }

  private static Scenario chain(List<Double> frequencies, ServerSetup server) {
    return new Scenario(
        0.1, frequencies, 1e-9, List.of(server), 0, 6, 6, 30_000, 10_000, Optional.empty());
  }
}
