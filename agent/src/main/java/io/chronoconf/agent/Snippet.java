package io.chronoconf.agent;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A program for a shell that adds a server to the agent by ncclient and watches the clock.
final class Snippet {
  private static final String PROGRAM =
      """
      /usr/bin/python3 -W ignore - <<'END'
      import getpass, os, time
      from ncclient import manager
      server, port = "@SERVER@", @PORT@
      with manager.connect(host="@HOST@", port=@NETCONF@, username="admin", @SECRET@,
                           hostkey_verify=False, allow_agent=False, look_for_keys=False) as agent:
          agent.edit_config(target="candidate", config=f'''
            <config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"><unicast-configuration>
              <address>{server}</address><type>uc-server</type><iburst>true</iburst><port>{port}</port>
            </unicast-configuration></ntp></config>''')
          agent.commit()
          for second in range(60):
              ntp = agent.get(("subtree", '<ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"/>')).data
              status = {leaf.tag.split("}")[1]: leaf.text for leaf in ntp.find(".//{*}system-status")}
              print(*(status.get(name, "-") for name in
                      ("clock-state", "clock-stratum", "clock-refid", "clock-offset")), flush=True)
              if status["clock-state"].split(":")[-1] == "synchronized":
                  break
              time.sleep(1)
      END
      """;

  private Snippet() {}

  /// @param administrator the new one; of one who was there before, the password is asked for
  static String of(
      InetSocketAddress netconf, Optional<Administrator> administrator, String server, int port) {
    return PROGRAM
        .replace("@SERVER@", server)
        .replace("@PORT@", Integer.toString(port))
        .replace("@HOST@", host(netconf))
        .replace("@NETCONF@", Integer.toString(netconf.getPort()))
        .replace(
            "@SECRET@", administrator.map(Snippet::secret).orElse("password=getpass.getpass()"));
  }

  private static String host(InetSocketAddress netconf) {
    return netconf.getAddress().isAnyLocalAddress()
        ? "127.0.0.1"
        : netconf.getAddress().getHostAddress();
  }

  private static String secret(Administrator administrator) {
    return switch (administrator) {
      case Administrator.WithPassword admin ->
          "password=\"%s\"".formatted(admin.password().clear());
      case Administrator.WithKey admin ->
          "key_filename=os.path.expanduser(\"%s\")".formatted(privateKey(admin.file().toString()));
    };
  }

  private static String privateKey(String publicKey) {
    return publicKey.endsWith(".pub")
        ? publicKey.substring(0, publicKey.length() - ".pub".length())
        : publicKey;
  }
}
