package io.chronoconf.agent.cli;

import io.chronoconf.ntp.io.HardwareStampUse;
import io.chronoconf.ntp.io.TransportKind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that an agent is told at start; everything else is configured over NETCONF.
///
/// @param netconf where NETCONF over SSH listens
/// @param protocol which of NETCONF's optional capabilities there are
/// @param ntp what carries and serves NTP
/// @param clock which clock is disciplined
/// @param stateFolder where everything that must survive lies; made if missing
/// @param adminKey public key file of the first administrator; empty makes a password
/// @param limits what a NETCONF client may ask for at most
/// @param logLevel the least severe event that is logged
public record AgentOptions(
    Netconf netconf,
    Protocol protocol,
    Ntp ntp,
    Clock clock,
    Path stateFolder,
    Optional<Path> adminKey,
    Limits limits,
    LogLevel logLevel) {

  /// The door for managers.
  ///
  /// @param addresses at least one local address
  /// @param port TCP port; 0 takes a free one
  /// @param recoveryUsers for whom no access rule holds
  public record Netconf(List<InetAddress> addresses, int port, Set<String> recoveryUsers) {
    public Netconf {
      addresses = List.copyOf(addresses);
    }
  }

  /// What managers can ask for beyond the usual.
  ///
  /// @param isRunningWritable `:writable-running`
  /// @param hasStartup `:startup`
  /// @param urlFolder `:url` with scheme file, for files of this folder; empty has no such scheme
  /// @param hasHttps `:url` with scheme https
  /// @param yangFolders folders of modules for which configuration is kept and nothing else
  public record Protocol(
      boolean isRunningWritable,
      boolean hasStartup,
      Optional<Path> urlFolder,
      boolean hasHttps,
      List<Path> yangFolders) {
    public Protocol {
      yangFolders = List.copyOf(yangFolders);
    }

    /// The features of ietf-netconf that come with it.
    public Set<String> features() {
      Set<String> features = new TreeSet<>();
      if (isRunningWritable) {
        features.add("writable-running");
      }
      if (hasStartup) {
        features.add("startup");
      }
      if (urlFolder.isPresent() || hasHttps) {
        features.add("url");
      }
      return features;
    }
  }

  /// The time service.
  ///
  /// @param addresses local addresses that serve; empty means every one
  /// @param firstPort `/ntp/port` of the very first configuration
  /// @param transport the packet driver
  /// @param hardwareStamps whether network hardware stamps packets
  /// @param serverThreads threads that answer clients
  /// @param exampleServerPort port of the example time server; empty runs none
  public record Ntp(
      List<InetAddress> addresses,
      int firstPort,
      TransportKind transport,
      HardwareStampUse hardwareStamps,
      int serverThreads,
      Optional<Integer> exampleServerPort) {
    public Ntp {
      addresses = List.copyOf(addresses);
    }
  }

  /// The clock.
  ///
  /// @param kind whose clock
  /// @param offsetSeconds error of the virtual clock at start, positive if it is fast
  /// @param frequencyError of the virtual oscillator as a ratio, positive if it is fast
  /// @param log file for one line a second; empty writes none
  public record Clock(
      ClockKind kind, double offsetSeconds, double frequencyError, Optional<Path> log) {}

  /// What one client, or all of them, may take.
  ///
  /// @param messageBytes longest message
  /// @param depth how deep the elements of a message may nest
  /// @param attributes that one element may have
  /// @param textChars characters of one configured value
  /// @param sessions at a time
  /// @param loginSeconds until a connection must have logged in
  /// @param idleSeconds until a silent session is closed; 0 never
  /// @param xpathSteps what the evaluation of one XPath filter may cost
  /// @param subscriptions that one session may establish
  public record Limits(
      int messageBytes,
      int depth,
      int attributes,
      int textChars,
      int sessions,
      int loginSeconds,
      int idleSeconds,
      int xpathSteps,
      int subscriptions) {}

  /// Which clock is disciplined and served.
  public enum ClockKind {
    /// A software clock of this process; nothing on the host changes.
    VIRTUAL,
    /// The host's own; needs the privilege to set it.
    KERNEL
  }

  /// How much is logged.
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
