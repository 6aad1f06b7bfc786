package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The daemons that the world runs, none of which may touch the clock, and what watches them.
final class Daemons {
  private static final Duration NTPD_LIMIT = Duration.ofMinutes(3);

  private Daemons() {}

  /// chronyd with these lines of configuration and all its files in a folder of the test.
  static List<String> chronyd(Path folder, String configuration) throws IOException {
    Path run = folder.resolve("chrony-run");
    if (!Files.exists(run)) {
      // It opens no command socket where others may come.
      Files.createDirectory(
          run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    }
    Path file = folder.resolve("chrony.conf");
    Files.writeString(
        file,
        """
        %s
        cmdport 0
        bindcmdaddress %s
        pidfile %s
        driftfile %s
        """
            .formatted(
                configuration,
                chronydSocket(folder),
                run.resolve("chronyd.pid"),
                run.resolve("drift")));
    return List.of(
        Peers.program("chronyd").toString(), "-d", "-x", "-u", "root", "-f", file.toString());
  }

  /// Where that chronyd listens to `chronyc -h`.
  static Path chronydSocket(Path folder) {
    return folder.resolve("chrony-run").resolve("chronyd.sock");
  }

  /// ntpsec's ntpd with these lines of configuration. It serves its own clock at stratum 3 if it
  /// follows nobody.
  static List<String> ntpd(Path folder, String configuration) throws IOException {
    Path file = folder.resolve("ntp.conf");
    Files.writeString(
        file,
        """
        disable ntp
        tos orphan 3 orphanwait 1 minclock 1 minsane 1
        unrestrict default noquery limited kod
        %s
        """
            .formatted(configuration));
    return List.of(Peers.program("ntpd").toString(), "-n", "-x", "-c", file.toString());
  }

  /// Shows NTP packets that pass an interface, with type of service and hops to live.
  static RunningProgram tcpdump(Network network, String host, String device) throws IOException {
    return network.start(
        host,
        List.of(Peers.program("tcpdump").toString(), "-i", device, "-nlvU", "udp", "port", "123"));
  }

  /// What ntpsec's ntptrace prints of a device.
  static String ntptrace(Network network, String host, String device) throws IOException {
    RunningProgram trace =
        network.start(
            host,
            List.of(
                "env",
                // It calls ntpq by its name.
                "PATH=" + Peers.program("ntpq").getParent() + ":/usr/bin:/bin",
                Peers.program("ntptrace").toString(),
                "-n",
                device));
    trace.await(Duration.ofSeconds(60));
    return trace.output();
  }

  /// Waits until that ntpd, asked by ntpq, has a system peer.
  static void awaitNtpdFollows(Network network, String host, String server)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + NTPD_LIMIT.toNanos();
    Pattern systemPeer = Pattern.compile("(?m)^\\*" + Pattern.quote(server) + "\\s");
    String shown = "";
    while (System.nanoTime() < deadline) {
      RunningProgram ntpq =
          network.start(host, List.of(Peers.program("ntpq").toString(), "-pn", "127.0.0.1"));
      ntpq.await(Duration.ofSeconds(60));
      shown = ntpq.output();
      if (systemPeer.matcher(shown).find()) {
        return;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("ntpd does not follow " + server + ":\n" + shown);
  }
}
