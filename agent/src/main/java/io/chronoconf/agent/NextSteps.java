package io.chronoconf.agent;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.AgentOptions.ClockKind;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.ntp.engine.Role;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a newcomer wants to know once the agent runs: where everything is, and something to paste.
///
/// @param options what the agent was told
/// @param netconf where it listens
/// @param administrator the one that this start created
/// @param service the time service's settings
record NextSteps(
    AgentOptions options,
    List<InetSocketAddress> netconf,
    Optional<Administrator> administrator,
    Optional<ServiceConfig> service) {

  /// A documentation address (RFC 5737): the reader puts his own server there.
  private static final String ANY_SERVER = "192.0.2.1";

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Chronoconf %s runs. Ctrl-C stops it.%n%n".formatted(CommandLine.version()));
    row(text, "state", options.stateFolder().toString());
    netconf.forEach(address -> row(text, "NETCONF", shown(address) + " (over SSH)"));
    row(text, "NTP", ntp());
    options
        .ntp()
        .exampleServerPort()
        .ifPresent(port -> row(text, "example server", "127.0.0.1, UDP port " + port));
    row(
        text,
        "clock",
        options.clock().kind() == ClockKind.VIRTUAL
            ? "virtual (the host's own is left alone)"
            : "the host's own");
    administrator.ifPresent(admin -> appendSecret(text, admin));
    appendSnippet(text);
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("  %-16s%s%n".formatted(name, value));
  }

  private String ntp() {
    List<InetAddress> addresses = options.ntp().addresses();
    String where =
        addresses.isEmpty()
            ? "every address"
            : addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    return service
        .map(
            config ->
                config.role() == Role.CLIENT_ONLY
                    ? "client only, as /system/ntp says"
                    : where + ", UDP port " + config.port())
        .orElse("not configured (there is no /ntp in running)");
  }

  private static void appendSecret(StringBuilder text, Administrator administrator) {
    row(text, "user", Administrator.NAME);
    switch (administrator) {
      case Administrator.WithPassword admin -> {
        row(text, "password", admin.password().clear());
        text.append(
            """

              The password is shown this once. If it gets lost: chronoconf reset-admin
            """);
      }
      case Administrator.WithKey admin -> row(text, "public key", admin.file().toString());
    }
  }

  private void appendSnippet(StringBuilder text) {
    boolean hasExample = options.ntp().exampleServerPort().isPresent();
    text.append(
        """

        Paste this into a second terminal (it needs the Debian package python3-ncclient). It adds a
        time server and shows the clock until it is synchronized:

        """);
    text.append(
        Snippet.of(
            netconf.getFirst(),
            administrator,
            hasExample ? ExampleServer.ADDRESS.getHostAddress() : ANY_SERVER,
            options.ntp().exampleServerPort().orElse(123)));
    if (!hasExample) {
      text.append(
          """

          In its first lines, put the address of a time server of your network. There is none? Stop
          the agent and start it with --with-example-server: then there is one on this machine.
          """);
    }
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
