package io.chronoconf.agent.model.netconfserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.transport.CallHomeConfig;
import io.chronoconf.agent.transport.ListenConfig;
import io.chronoconf.agent.transport.TransportConfig;
import io.chronoconf.agent.transport.TransportKind;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransportConfigReaderTest {
  private static TransportConfig read(String content) throws RpcException {
    String xml =
        "<netconf-server xmlns='urn:chronoconf:yang:netconf-server'>"
            + content
            + "</netconf-server>";
    return TransportConfigReader.read(
        ConfigCursor.of(Trees.ROOT, Trees.config(xml))
            .container(TransportNodes.ccns("netconf-server"))
            .orElseThrow());
  }

  @Test
  void thereIsNothingByDefault() throws RpcException {
    assertEquals(TransportConfig.NOTHING, read(""));
  }

  @Test
  void eachTransportHasItsPort() throws RpcException {
    String endpoint =
        "<endpoint><name>%s</name><transport>%s</transport><address>%s</address>%s</endpoint>";
    TransportConfig config =
        read(
            "<listen>"
                + endpoint.formatted("a", "ssh", "192.0.2.1", "")
                + endpoint.formatted("b", "tls", "::", "")
                + endpoint.formatted("c", "tls", "192.0.2.1", "<port>443</port>")
                + "</listen>");
    assertEquals(
        Map.of(
            "a", listen(TransportKind.SSH, "192.0.2.1", 830),
            "b", listen(TransportKind.TLS, "::", 6513),
            "c", listen(TransportKind.TLS, "192.0.2.1", 443)),
        config.endpoints());
  }

  private static ListenConfig listen(TransportKind kind, String address, int port) {
    return new ListenConfig(kind, new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  @Test
  void clientsKeepTheOrderOfTheirEndpoints() throws RpcException {
    TransportConfig config =
        read(
            "<call-home><client><name>noc</name><transport>tls</transport>"
                + "<endpoint><name>z</name><address>noc.example.net</address></endpoint>"
                + "<endpoint><name>a</name><address>192.0.2.9</address><port>99</port></endpoint>"
                + "</client></call-home>");
    assertEquals(
        Map.of(
            "noc",
            new CallHomeConfig(
                TransportKind.TLS,
                List.of(
                    InetSocketAddress.createUnresolved("noc.example.net", 4335),
                    InetSocketAddress.createUnresolved("192.0.2.9", 99)),
                Optional.empty(),
                false,
                Duration.ofMinutes(5))),
        config.clients());
  }

  @Test
  void clientsMayBeCalledFromTimeToTime() throws RpcException {
    CallHomeConfig client =
        read("<call-home><client><name>noc</name><transport>ssh</transport>"
                + "<endpoint><name>z</name><address>192.0.2.9</address></endpoint>"
                + "<periodic/><reconnect-strategy><start-with>last-connected</start-with>"
                + "<max-wait>20</max-wait></reconnect-strategy></client></call-home>")
            .clients()
            .values()
            .iterator()
            .next();
    assertEquals(
        new CallHomeConfig(
            TransportKind.SSH,
            List.of(InetSocketAddress.createUnresolved("192.0.2.9", 4334)),
            Optional.of(Duration.ofHours(1)),
            true,
            Duration.ofSeconds(20)),
        client);
  }
}
