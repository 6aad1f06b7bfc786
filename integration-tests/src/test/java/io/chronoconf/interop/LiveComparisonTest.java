package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.linux.LinuxClockReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The agent and chronyd follow the same chronyd over a bridge, side by side. All of them run on
/// one oscillator, so the truth is known: the server's clock is the host's. chronyd's clock is the
/// host's too, corrected in its mind (`-x`): what it thinks that clock is off by is its error.
@Tag("nightly")
class LiveComparisonTest {
  private static final Duration CHRONYC_LIMIT = Duration.ofSeconds(10);
  private static final int SETTLING_SECONDS = 120;
  private static final int SAMPLE_MILLIS = 2_000;

  /// Of `chronyc -c tracking`, counted from zero.
  private static final int SYSTEM_TIME_FIELD = 4;

  private static final Path REPORT = Path.of("target", "live-comparison.md");

  @TempDir private Path folder;

  /// Oscillator and the host's clock, read at the same moment.
  private record Reading(long raw, long real) {
    static Reading now() {
      Reading best = new Reading(0, 0);
      long width = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long before = LinuxClockReader.rawNanos();
        long real = LinuxClockReader.realNanos();
        long after = LinuxClockReader.rawNanos();
        if (after - before < width) {
          width = after - before;
          best = new Reading(before + width / 2, real);
        }
      }
      return best;
    }
  }

  @ParameterizedTest
  @CsvSource({"idle, 0", "loaded, 2"})
  void isAsQuietAsChronyd(String name, int burners) throws IOException, InterruptedException {
    int seconds = Integer.getInteger("live.seconds", 660);
    List<String> daemons = List.of("basic", "xleave");
    try (Network network = Network.of("server", "agent", "basic", "xleave", "switch")) {
      wire(network);
      network.start("server", Daemons.chronyd(in("server"), "local stratum 1\nallow all\n"));
      Path log = folder.resolve("clock.csv");
      try (AgentProcess agent =
          AgentProcess.firstStart(
              command -> network.start("agent", command),
              folder.resolve("state"),
              List.of(
                  "--ntp-port", "123", "--clock-offset", "0.01", "--clock-log", log.toString()))) {
        agent.commitNtp(
            """
            <unicast-configuration><address>10.77.0.1</address><type>ntp:uc-server</type>
              <iburst>true</iburst><minpoll>4</minpoll><maxpoll>4</maxpoll></unicast-configuration>
            """);
        String follow = "server 10.77.0.1 iburst minpoll 4 maxpoll 4";
        network.start("basic", Daemons.chronyd(in("basic"), follow + "\n"));
        network.start("xleave", Daemons.chronyd(in("xleave"), follow + " xleave\n"));
        for (int i = 0; i < burners; i++) {
          // One process, which is ended with the network, or by the kernel should we die.
          String burn = "ulimit -t %d; while :; do :; done".formatted(seconds + 60);
          network.start("switch", List.of("sh", "-c", burn));
        }
        List<Reading> truth = new ArrayList<>();
        Map<String, List<Double>> errors = new TreeMap<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long settled = System.nanoTime() + SETTLING_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
          Thread.sleep(SAMPLE_MILLIS);
          truth.add(Reading.now());
          for (String daemon : daemons) {
            double error = error(network, daemon);
            if (System.nanoTime() > settled) {
              errors.computeIfAbsent("chronyd " + daemon, _ -> new ArrayList<>()).add(error);
            }
          }
        }
        agent.stop();
        errors.put("agent", errors(log, truth));
        report(name, errors);
        errors.forEach((who, each) -> assertTrue(each.size() > 10, who + " was not measured"));
      }
    }
  }

  private static void wire(Network network) throws IOException {
    List<String> hosts = List.of("server", "agent", "basic", "xleave");
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      network.cable(hosts.get(i), "eth0", "switch", "port" + i);
      network.address(hosts.get(i), "eth0", "10.77.0." + (i + 1) + "/24");
      ports.add("port" + i);
    }
    network.bridge("switch", "bridge", ports.toArray(String[]::new));
  }

  private Path in(String host) throws IOException {
    return Files.createDirectories(folder.resolve(host));
  }

  /// What chronyd thinks the host's clock is off by, in seconds.
  private double error(Network network, String daemon) throws IOException, InterruptedException {
    try (RunningProgram chronyc =
        network.start(
            daemon,
            List.of(
                Peers.program("chronyc").toString(),
                "-c",
                "-h",
                Daemons.chronydSocket(in(daemon)).toString(),
                "tracking"))) {
      chronyc.await(CHRONYC_LIMIT);
      return Double.parseDouble(chronyc.output().split(",", -1)[SYSTEM_TIME_FIELD]);
    }
  }

  /// The agent's clock less the host's, in seconds, at every second that it wrote down.
  private static List<Double> errors(Path log, List<Reading> truth) throws IOException {
    List<Double> errors = new ArrayList<>();
    long from = truth.getFirst().raw() + SETTLING_SECONDS * 1_000_000_000L;
    int next = 1;
    for (String line : Files.readAllLines(log)) {
      String[] cells = line.split(",", -1);
      long raw = Long.parseLong(cells[0]);
      while (next < truth.size() && truth.get(next).raw() < raw) {
        next++;
      }
      if (raw < from || next == truth.size()) {
        continue;
      }
      Reading before = truth.get(next - 1);
      Reading after = truth.get(next);
      double share = (double) (raw - before.raw()) / (after.raw() - before.raw());
      double real = (after.real() - before.real()) * share;
      errors.add((Long.parseLong(cells[1]) - before.real() - real) / 1e9);
    }
    return errors;
  }

  private static void report(String name, Map<String, List<Double>> errors) throws IOException {
    StringBuilder text =
        new StringBuilder("| %s | mean us | noise us | largest us | readings |%n".formatted(name));
    text.append("|---|---|---|---|---|\n");
    errors.forEach(
        (who, each) -> {
          double[] values = each.stream().mapToDouble(value -> value * 1e6).toArray();
          double mean = Arrays.stream(values).average().orElseThrow();
          double square = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %.2f | %.2f | %.2f | %d |%n",
                  who,
                  mean,
                  Math.sqrt(square / values.length),
                  Arrays.stream(values).map(Math::abs).max().orElseThrow(),
                  values.length));
        });
    System.out.println(text);
    Files.writeString(
        REPORT, text.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
