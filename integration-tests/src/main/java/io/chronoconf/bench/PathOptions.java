package io.chronoconf.bench;

import io.chronoconf.ntp.sim.Delay;
import io.chronoconf.ntp.sim.DelayLaw;
import io.chronoconf.ntp.sim.ServerSetup;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Those options of `bench accuracy` that change the way to the servers.
final class PathOptions {
  private static final double MAX_DELAY = 10;
  private static final int MAX_SECONDS = 1_000_000;
  private static final double LEAST_SHAPE = 2.01;
  private static final double MAX_SHAPE = 100;
  private static final int MAX_STAGES = 100;

  private static final Map<String, DelayLaw> PLAIN_LAWS = plainLaws();

  private PathOptions() {}

  /// The servers with `--delay-law` and `--route-change` applied to every path.
  static List<ServerSetup> apply(OptionReader options, List<ServerSetup> servers)
      throws UsageException {
    Optional<String> law = options.text("delay-law");
    Optional<String> change = options.text("route-change");
    List<ServerSetup> changed = law.isEmpty() ? servers : lawful(servers, law(law.get()));
    return change.isEmpty() ? changed : reroute(change.get(), changed);
  }

  /// The servers with all their delays under another law.
  static List<ServerSetup> lawful(List<ServerSetup> servers, DelayLaw law) {
    return servers.stream()
        .map(
            server ->
                new ServerSetup(
                    server.offset(), server.up().withLaw(law), server.down().withLaw(law)))
        .toList();
  }

  /// The servers with so many seconds added to their delays from second `at` on.
  static List<ServerSetup> rerouted(List<ServerSetup> servers, double at, double up, double down) {
    return servers.stream()
        .map(
            server ->
                new ServerSetup(
                    server.offset(),
                    new Delay.Rerouted(server.up(), at, up),
                    new Delay.Rerouted(server.down(), at, down)))
        .toList();
  }

  /// The laws that the report tries, by the names that `--delay-law` takes.
  static Map<String, DelayLaw> laws() {
    Map<String, DelayLaw> laws = new LinkedHashMap<>(PLAIN_LAWS);
    laws.put("pareto:2.5", new DelayLaw.Pareto(2.5));
    laws.put("erlang:3", new DelayLaw.Erlang(3));
    return laws;
  }

  /// The delays that an option like `--up` gives.
  static Optional<Delay> delay(OptionReader options, String name) throws UsageException {
    Optional<String> text = options.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    // the sign within an exponent is no separator
    String[] parts = text.get().split("(?<![eE])\\+", -1);
    if (parts.length > 2) {
      throw OptionReader.wrong(name, text.get(), "give seconds as BASE or BASE+MEAN, as 2e-2+1e-3");
    }
    double base = OptionReader.number(name, parts[0], 0, MAX_DELAY);
    double mean = parts.length == 1 ? 0 : OptionReader.number(name, parts[1], 0, MAX_DELAY);
    return Optional.of(new Delay.Exponential(base, mean));
  }

  private static DelayLaw law(String text) throws UsageException {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String shape = colon < 0 ? "" : text.substring(colon + 1);
    if (name.equals("pareto")) {
      return new DelayLaw.Pareto(
          OptionReader.number("delay-law pareto", shape, LEAST_SHAPE, MAX_SHAPE));
    }
    if (name.equals("erlang")) {
      return new DelayLaw.Erlang(OptionReader.count("delay-law erlang", shape, 1, MAX_STAGES));
    }
    DelayLaw plain = PLAIN_LAWS.get(text);
    if (plain == null) {
      throw OptionReader.wrong(
          "delay-law",
          text,
          "give " + String.join(", ", PLAIN_LAWS.keySet()) + ", pareto:2.5 or erlang:3");
    }
    return plain;
  }

  private static Map<String, DelayLaw> plainLaws() {
    Map<String, DelayLaw> laws = new LinkedHashMap<>();
    laws.put("exponential", new DelayLaw.Exponential());
    laws.put("lognormal", new DelayLaw.Lognormal());
    laws.put("half-normal", new DelayLaw.HalfNormal());
    laws.put("uniform", new DelayLaw.Uniform());
    laws.put("noisy", new DelayLaw.Noisy());
    laws.put("spikes", new DelayLaw.Spikes());
    return Collections.unmodifiableMap(laws);
  }

  private static List<ServerSetup> reroute(String text, List<ServerSetup> servers)
      throws UsageException {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw OptionReader.wrong(
          "route-change", text, "give AT:UP:DOWN in seconds, as 13000:3e-3:3e-3");
    }
    double at = OptionReader.number("route-change AT", parts[0], 0, MAX_SECONDS);
    double up = OptionReader.number("route-change UP", parts[1], -MAX_DELAY, MAX_DELAY);
    double down = OptionReader.number("route-change DOWN", parts[2], -MAX_DELAY, MAX_DELAY);
    for (ServerSetup server : servers) {
      if (server.up().least() + up <= 0 || server.down().least() + down <= 0) {
        throw OptionReader.wrong(
            "route-change", text, "no delay may fall to zero or below; take off less");
      }
    }
    return rerouted(servers, at, up, down);
  }
}
