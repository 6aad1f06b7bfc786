package io.chronoconf.agent.cli;

import java.util.Arrays;
import java.util.Optional;

/// Everything that can be set at start, under its two names: the option of the command line and the
/// element of the bootstrap file.
enum Setting {
  NETCONF_ADDRESS(
      "--netconf-address",
      "ADDRESS",
      "netconf/address",
      "local address that accepts NETCONF over SSH; may be repeated (127.0.0.1)"),
  NETCONF_PORT(
      "--netconf-port",
      "PORT",
      "netconf/port",
      "TCP port for NETCONF over SSH; 0 takes a free one (8830)"),
  RECOVERY_USER(
      "--recovery-user",
      "NAME",
      "netconf/recovery-user",
      "user for whom no access rule holds, to repair the rules; may be repeated (nobody)"),
  WRITABLE_RUNNING(
      "--writable-running", "", "netconf/writable-running", "let clients edit running directly"),
  STARTUP(
      "--startup",
      "",
      "netconf/startup",
      "keep what the agent starts from apart from running, until a client copies it"),
  URL_FOLDER(
      "--url-folder",
      "FOLDER",
      "netconf/url-folder",
      "let clients keep configurations in files of this folder, as file:///NAME"),
  URL_HTTPS(
      "--url-https",
      "",
      "netconf/url-https",
      "let clients fetch and store configurations at https URLs"),
  YANG_FOLDER(
      "--yang-dir",
      "FOLDER",
      "netconf/yang-dir",
      "also load the modules of this folder, and keep configuration for them; may be repeated"),
  NTP_ADDRESS(
      "--ntp-address",
      "ADDRESS",
      "ntp/address",
      "local address that serves NTP; may be repeated (every address)"),
  NTP_PORT(
      "--ntp-port",
      "PORT",
      "ntp/port",
      "UDP port written into the first configuration; later /ntp/port says it (11123)"),
  TRANSPORT("--transport", "KIND", "ntp/transport", "packet driver: auto, linux or netty (auto)"),
  HARDWARE_STAMPS(
      "--hardware-stamps",
      "USE",
      "ntp/hardware-stamps",
      "stamps of packets by network hardware: auto, where there are any, or off (auto)"),
  SERVER_THREADS(
      "--server-threads", "N", "ntp/server-threads", "threads that answer NTP clients (1)"),
  EXAMPLE_SERVER(
      "--with-example-server",
      "",
      "ntp/example-server",
      "also run a time server to try things with, on this machine only"),
  EXAMPLE_SERVER_PORT(
      "--example-server-port",
      "PORT",
      "ntp/example-server-port",
      "UDP port of the example server; 0 takes a free one (11124)"),
  CLOCK(
      "--clock",
      "KIND",
      "clock/kind",
      "virtual: a software clock, the host's stays untouched; kernel: the host's (virtual)"),
  CLOCK_OFFSET(
      "--clock-offset",
      "SECONDS",
      "clock/offset",
      "error of the virtual clock at start, positive if it is fast (0)"),
  CLOCK_FREQUENCY_ERROR(
      "--clock-frequency",
      "RATIO",
      "clock/frequency-error",
      "how much too fast the virtual oscillator runs, such as 1e-5 (0)"),
  CLOCK_LOG(
      "--clock-log",
      "FILE",
      "clock/log",
      "write oscillator and clock there once a second, for measurements"),
  STATE_FOLDER(
      "--state",
      "FOLDER",
      "state-folder",
      "where configuration, keys and frequency are kept (~/.local/state/chronoconf)"),
  ADMIN_KEY(
      "--admin-key",
      "FILE",
      "administrator/public-key-file",
      "public key of the first administrator, such as ~/.ssh/id_ed25519.pub, in place of a"
          + " password"),
  MAX_MESSAGE_BYTES(
      "--max-message-bytes", "N", "limits/message-bytes", "longest NETCONF message (10485760)"),
  MAX_DEPTH(
      "--max-depth", "N", "limits/depth", "how deep the elements of a message may nest (128)"),
  MAX_ATTRIBUTES(
      "--max-attributes", "N", "limits/attributes", "attributes of one element of a message (64)"),
  MAX_TEXT(
      "--max-text", "N", "limits/text", "characters of one value in a configuration (1048576)"),
  MAX_SESSIONS("--max-sessions", "N", "limits/sessions", "NETCONF sessions at a time (100)"),
  LOGIN_SECONDS(
      "--login-seconds", "N", "limits/login-seconds", "time allowed to log in and say hello (30)"),
  IDLE_SECONDS(
      "--idle-seconds",
      "N",
      "limits/idle-seconds",
      "close a session that is silent for so long; 0 never (0)"),
  MAX_XPATH_STEPS(
      "--max-xpath-steps",
      "N",
      "limits/xpath-steps",
      "what the evaluation of one XPath filter may cost (10000000)"),
  MAX_SUBSCRIPTIONS(
      "--max-subscriptions",
      "N",
      "limits/subscriptions",
      "subscriptions that one session may establish (32)"),
  LOG_LEVEL("--log-level", "LEVEL", "log-level", "error, warn, info or debug (warn)");

  private final String option;
  private final String argument;
  private final String element;
  private final String description;

  Setting(String option, String argument, String element, String description) {
    this.option = option;
    this.argument = argument;
    this.element = element;
    this.description = description;
  }

  /// The option, such as `--netconf-port`.
  String option() {
    return option;
  }

  /// What to call its value in the help text; empty if the option is a mere switch.
  String argument() {
    return argument;
  }

  /// Path below the root element of the bootstrap file.
  String element() {
    return element;
  }

  String description() {
    return description;
  }

  boolean isSwitch() {
    return argument.isEmpty();
  }

  boolean isRepeatable() {
    return switch (this) {
      case NETCONF_ADDRESS, NTP_ADDRESS, RECOVERY_USER, YANG_FOLDER -> true;
      default -> false;
    };
  }

  static Optional<Setting> ofOption(String option) {
    return Arrays.stream(values()).filter(setting -> setting.option.equals(option)).findFirst();
  }
}
