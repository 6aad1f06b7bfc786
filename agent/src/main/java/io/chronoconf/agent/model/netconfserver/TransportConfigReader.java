package io.chronoconf.agent.model.netconfserver;

import static io.chronoconf.agent.model.netconfserver.TransportNodes.ccns;

import io.chronoconf.agent.transport.CallHomeConfig;
import io.chronoconf.agent.transport.ListenConfig;
import io.chronoconf.agent.transport.TransportConfig;
import io.chronoconf.agent.transport.TransportKind;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;

/// Endpoints and clients out of a validated `/netconf-server`. Pure.
final class TransportConfigReader {
  private TransportConfigReader() {}

  static TransportConfig read(ConfigCursor server) {
    Map<String, ListenConfig> endpoints = new HashMap<>();
    for (ConfigCursor entry : inside(server, "listen").list(ccns("endpoint"))) {
      endpoints.put(text(entry, "name"), endpoint(entry));
    }
    Map<String, CallHomeConfig> clients = new HashMap<>();
    for (ConfigCursor entry : inside(server, "call-home").list(ccns("client"))) {
      clients.put(text(entry, "name"), client(entry));
    }
    return new TransportConfig(endpoints, clients);
  }

  private static ListenConfig endpoint(ConfigCursor entry) {
    TransportKind kind = kind(entry);
    InetAddress address = InetAddress.ofLiteral(text(entry, "address"));
    int usualPort = kind == TransportKind.SSH ? 830 : 6513;
    return new ListenConfig(kind, new InetSocketAddress(address, port(entry, usualPort)));
  }

  private static CallHomeConfig client(ConfigCursor entry) {
    TransportKind kind = kind(entry);
    int usualPort = kind == TransportKind.SSH ? 4334 : 4335;
    List<InetSocketAddress> endpoints =
        entry.list(ccns("endpoint")).stream()
            .map(at -> InetSocketAddress.createUnresolved(text(at, "address"), port(at, usualPort)))
            .toList();
    ConfigCursor strategy = inside(entry, "reconnect-strategy");
    return new CallHomeConfig(
        kind,
        endpoints,
        entry
            .container(ccns("periodic"))
            .map(periodic -> Duration.ofMinutes(number(periodic, "period"))),
        text(strategy, "start-with").equals("last-connected"),
        Duration.ofSeconds(number(strategy, "max-wait")));
  }

  private static TransportKind kind(ConfigCursor entry) {
    return text(entry, "transport").equals("tls") ? TransportKind.TLS : TransportKind.SSH;
  }

  private static int port(ConfigCursor entry, int usual) {
    return entry.leaf(ccns("port"), Uint16.class).map(Uint16::toJava).orElse(usual);
  }

  private static ConfigCursor inside(ConfigCursor at, String container) {
    return at.container(ccns(container)).orElseThrow();
  }

  private static int number(ConfigCursor at, String leaf) {
    return value(at, ccns(leaf), Uint16.class).toJava();
  }

  private static String text(ConfigCursor at, String leaf) {
    return value(at, ccns(leaf), String.class);
  }

  /// A leaf that always has a value: a mandatory one, or one with a default.
  private static <T> T value(ConfigCursor at, QName leaf, Class<T> type) {
    return at.leaf(leaf, type)
        .orElseThrow(() -> new IllegalStateException(leaf + " has neither value nor default"));
  }
}
