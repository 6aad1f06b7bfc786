package io.chronoconf.agent.cli;

import io.chronoconf.agent.cli.AgentOptions.Clock;
import io.chronoconf.agent.cli.AgentOptions.ClockKind;
import io.chronoconf.agent.cli.AgentOptions.Limits;
import io.chronoconf.agent.cli.AgentOptions.LogLevel;
import io.chronoconf.agent.cli.AgentOptions.Netconf;
import io.chronoconf.agent.cli.AgentOptions.Ntp;
import io.chronoconf.agent.cli.AgentOptions.Protocol;
import io.chronoconf.ntp.io.HardwareStampUse;
import io.chronoconf.ntp.io.TransportKind;
import io.chronoconf.ntp.io.VirtualClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Settings, wherever they came from, to [AgentOptions]. Every default stands here.
final class OptionsReader {
  private static final double MAX_OFFSET_SECONDS = 2e9;
  private static final int MAX_MESSAGE_BYTES = 1 << 30;
  private static final int MAX_XPATH_STEPS = 1_000_000_000;
  private static final int DEFAULT_XPATH_STEPS = 10_000_000;
  private static final int DEFAULT_MESSAGE_BYTES = 10 * 1024 * 1024;

  private final Settings settings;

  OptionsReader(Settings settings) {
    this.settings = settings;
  }

  AgentOptions read() throws UsageException {
    return new AgentOptions(
        netconf(),
        protocol(),
        ntp(),
        clock(),
        stateFolder(),
        adminKey(),
        limits(),
        settings
            .read(Setting.LOG_LEVEL, text -> Values.word(text, LogLevel.class))
            .orElse(LogLevel.WARN));
  }

  Path stateFolder() throws UsageException {
    return settings
        .read(Setting.STATE_FOLDER, Values::path)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", "chronoconf"));
  }

  Optional<Path> adminKey() throws UsageException {
    return settings.read(Setting.ADMIN_KEY, Values::path);
  }

  private Netconf netconf() throws UsageException {
    List<InetAddress> addresses = addresses(Setting.NETCONF_ADDRESS);
    return new Netconf(
        addresses.isEmpty() ? List.of(Values.address("127.0.0.1")) : addresses,
        settings.read(Setting.NETCONF_PORT, Values::port).orElse(8830),
        recoveryUsers());
  }

  List<Path> yangFolders() throws UsageException {
    List<Path> folders = new ArrayList<>();
    for (Given given : settings.all(Setting.YANG_FOLDER)) {
      folders.add(Settings.read(given, Values::folder));
    }
    return folders;
  }

  private Protocol protocol() throws UsageException {
    return new Protocol(
        isOn(Setting.WRITABLE_RUNNING),
        isOn(Setting.STARTUP),
        settings.read(Setting.URL_FOLDER, Values::folder),
        isOn(Setting.URL_HTTPS),
        yangFolders());
  }

  private boolean isOn(Setting setting) throws UsageException {
    return settings.read(setting, Values::truth).orElse(false);
  }

  private Set<String> recoveryUsers() throws UsageException {
    Set<String> users = new LinkedHashSet<>();
    for (Given given : settings.all(Setting.RECOVERY_USER)) {
      users.add(Settings.read(given, Values::user));
    }
    return Set.copyOf(users);
  }

  private Ntp ntp() throws UsageException {
    boolean withExample = isOn(Setting.EXAMPLE_SERVER);
    int examplePort = settings.read(Setting.EXAMPLE_SERVER_PORT, Values::port).orElse(11124);
    return new Ntp(
        addresses(Setting.NTP_ADDRESS),
        settings.read(Setting.NTP_PORT, Values::ntpPort).orElse(11123),
        settings
            .read(Setting.TRANSPORT, text -> Values.word(text, TransportKind.class))
            .orElse(TransportKind.AUTO),
        settings
            .read(Setting.HARDWARE_STAMPS, text -> Values.word(text, HardwareStampUse.class))
            .orElse(HardwareStampUse.AUTO),
        number(Setting.SERVER_THREADS, 1, 64, "number of threads", 1),
        withExample ? Optional.of(examplePort) : Optional.empty());
  }

  private Clock clock() throws UsageException {
    ClockKind kind =
        settings
            .read(Setting.CLOCK, text -> Values.word(text, ClockKind.class))
            .orElse(ClockKind.VIRTUAL);
    if (kind == ClockKind.KERNEL) {
      refuse(Setting.CLOCK_OFFSET);
      refuse(Setting.CLOCK_FREQUENCY_ERROR);
    }
    return new Clock(
        kind,
        settings
            .read(
                Setting.CLOCK_OFFSET,
                text -> Values.real(text, MAX_OFFSET_SECONDS, "offset in seconds"))
            .orElse(0.0),
        settings
            .read(
                Setting.CLOCK_FREQUENCY_ERROR,
                text -> Values.real(text, VirtualClock.MAX_RATIO, "ratio"))
            .orElse(0.0),
        settings.read(Setting.CLOCK_LOG, Values::path));
  }

  private void refuse(Setting setting) throws UsageException {
    if (settings.has(setting)) {
      throw new UsageException(
          settings.all(setting).getFirst().origin()
              + ": only the virtual clock has an error of its own. Leave it out, or choose the"
              + " virtual clock.");
    }
  }

  private Limits limits() throws UsageException {
    return new Limits(
        number(
            Setting.MAX_MESSAGE_BYTES,
            4096,
            MAX_MESSAGE_BYTES,
            "message length",
            DEFAULT_MESSAGE_BYTES),
        number(Setting.MAX_DEPTH, 16, 128, "depth of elements", 128),
        number(Setting.MAX_ATTRIBUTES, 16, 1024, "number of attributes", 64),
        number(Setting.MAX_TEXT, 1024, MAX_MESSAGE_BYTES, "number of characters", 1 << 20),
        number(Setting.MAX_SESSIONS, 1, 10_000, "number of sessions", 100),
        number(Setting.LOGIN_SECONDS, 1, 3600, "time in seconds", 30),
        number(Setting.IDLE_SECONDS, 0, 86_400 * 365, "time in seconds", 0),
        number(
            Setting.MAX_XPATH_STEPS,
            1_000,
            MAX_XPATH_STEPS,
            "number of steps",
            DEFAULT_XPATH_STEPS),
        number(Setting.MAX_SUBSCRIPTIONS, 1, 1_000, "number of subscriptions", 32));
  }

  private int number(Setting setting, int least, int most, String meaning, int otherwise)
      throws UsageException {
    return settings
        .read(setting, text -> Values.number(text, least, most, meaning))
        .orElse(otherwise);
  }

  private List<InetAddress> addresses(Setting setting) throws UsageException {
    List<InetAddress> addresses = new ArrayList<>();
    for (Given given : settings.all(setting)) {
      addresses.add(Settings.read(given, Values::address));
    }
    return addresses;
  }
}
