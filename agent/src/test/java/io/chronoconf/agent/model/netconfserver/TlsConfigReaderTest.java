package io.chronoconf.agent.model.netconfserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.tls.CertToName;
import io.chronoconf.agent.tls.CertToName.MapType;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsConfigReaderTest {
  private static final String FINGERPRINT = "04:" + "ab:".repeat(31) + "CD";

  private static CertToName names(String entries) throws RpcException {
    String xml =
        ("<netconf-server xmlns='urn:chronoconf:yang:netconf-server'"
                + " xmlns:x='urn:ietf:params:xml:ns:yang:ietf-x509-cert-to-name'><tls><cert-maps>%s"
                + "</cert-maps></tls></netconf-server>")
            .formatted(entries);
    ConfigCursor tls =
        ConfigCursor.of(Trees.ROOT, Trees.config(xml))
            .container(TransportNodes.ccns("netconf-server"))
            .flatMap(server -> server.container(TransportNodes.ccns("tls")))
            .orElseThrow();
    return new TlsConfigReader(Trees.ROOT).names(tls);
  }

  private static String entry(int id, String type, String more) {
    return ("<cert-to-name><id>%d</id><fingerprint>%s</fingerprint><map-type>x:%s</map-type>%s"
            + "</cert-to-name>")
        .formatted(id, FINGERPRINT, type, more);
  }

  @Test
  void everyMapTypeIsKnownAndTheIdsGiveTheOrder() throws RpcException {
    CertToName names =
        names(
            entry(60, "common-name", "")
                + entry(50, "san-any", "")
                + entry(40, "san-ip-address", "")
                + entry(30, "san-dns-name", "")
                + entry(20, "san-rfc822-name", "")
                + entry(10, "specified", "<name>olga</name>"));
    assertEquals(
        List.of(
            new MapType.Specified("olga"),
            new MapType.SanRfc822Name(),
            new MapType.SanDnsName(),
            new MapType.SanIpAddress(),
            new MapType.SanAny(),
            new MapType.CommonName()),
        names.entries().stream().map(CertToName.Entry::mapType).toList());
  }
}
