package io.chronoconf.agent.model.netconfserver;

import static io.chronoconf.agent.model.netconfserver.TransportNodes.ccns;

import io.chronoconf.agent.tls.CertToName;
import io.chronoconf.agent.tls.CertToName.MapType;
import io.chronoconf.agent.tls.Fingerprint;
import io.chronoconf.agent.tls.PemText;
import io.chronoconf.agent.tls.TlsContext;
import io.chronoconf.agent.tls.TlsSettings;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;

/// What TLS goes by out of a validated `/netconf-server/tls`. What the schema cannot check, whether
/// certificates and keys can be read and belong together, is checked here. Pure.
final class TlsConfigReader {
  private final DataPath tlsPath;

  /// @param root the schema's root
  TlsConfigReader(NodeSchema root) {
    this.tlsPath = child(child(DataPath.root(root), "netconf-server"), "tls");
  }

  /// @throws RpcException with the path of the leaf that cannot be used
  TlsContext read(ConfigCursor tls) throws RpcException {
    DataPath certificatePath = child(tlsPath, "server-certificate");
    DataPath keyPath = child(tlsPath, "private-key");
    List<X509Certificate> chain =
        read(tls, "server-certificate", certificatePath, PemText::certificates);
    PrivateKey key = read(tls, "private-key", keyPath, PemText::privateKey);
    if (!PemText.isPair(key, chain.getFirst().getPublicKey())) {
      throw refusal(
          "key-mismatch",
          keyPath,
          "This private key is not that of the first certificate in server-certificate: give the"
              + " two that belong together.");
    }
    TlsSettings settings = new TlsSettings(chain, key, authorities(tls), names(tls));
    try {
      return TlsContext.of(settings);
    } catch (IOException e) {
      throw refusal("bad-certificate", certificatePath, String.valueOf(e.getMessage()));
    }
  }

  private List<X509Certificate> authorities(ConfigCursor tls) throws RpcException {
    List<X509Certificate> authorities = new ArrayList<>();
    for (ConfigCursor entry : tls.list(ccns("client-authority"))) {
      DataPath path = entry(tlsPath, "client-authority", "name", text(entry, "name"));
      authorities.addAll(
          read(entry, "certificate", child(path, "certificate"), PemText::certificates));
    }
    return authorities;
  }

  /// The rules alone.
  CertToName names(ConfigCursor tls) throws RpcException {
    ConfigCursor maps = tls.container(ccns("cert-maps")).orElseThrow();
    DataPath mapsPath = child(tlsPath, "cert-maps");
    List<CertToName.Entry> entries = new ArrayList<>();
    for (ConfigCursor entry : maps.list(ccns("cert-to-name"))) {
      Uint32 id = entry.leaf(ccns("id"), Uint32.class).orElseThrow();
      DataPath path = entry(mapsPath, "cert-to-name", "id", id);
      Fingerprint fingerprint =
          read(entry, "fingerprint", child(path, "fingerprint"), Fingerprint::parse);
      entries.add(new CertToName.Entry(id.toJava(), fingerprint, mapType(entry, path)));
    }
    return new CertToName(entries);
  }

  private static MapType mapType(ConfigCursor entry, DataPath path) throws RpcException {
    String type = entry.leaf(ccns("map-type"), QName.class).orElseThrow().getLocalName();
    return switch (type) {
      case "specified" -> new MapType.Specified(text(entry, "name"));
      case "san-rfc822-name" -> new MapType.SanRfc822Name();
      case "san-dns-name" -> new MapType.SanDnsName();
      case "san-ip-address" -> new MapType.SanIpAddress();
      case "san-any" -> new MapType.SanAny();
      case "common-name" -> new MapType.CommonName();
      default ->
          throw refusal(
              "not-supported",
              child(path, "map-type"),
              "There is no way here to get a name by %s.".formatted(type));
    };
  }

  private static <T> T read(
      ConfigCursor at, String leaf, DataPath path, Function<String, T> reading)
      throws RpcException {
    try {
      return reading.apply(text(at, leaf));
    } catch (IllegalArgumentException e) {
      throw refusal("bad-" + leaf, path, String.valueOf(e.getMessage()));
    }
  }

  private static String text(ConfigCursor at, String leaf) {
    return at.leaf(ccns(leaf), String.class)
        .orElseThrow(() -> new IllegalStateException(leaf + " is mandatory"));
  }

  private static DataPath child(DataPath parent, String name) {
    return parent.child(parent.schema().child(ccns(name)).orElseThrow());
  }

  private static DataPath entry(DataPath parent, String list, String key, Object value) {
    NodeSchema schema = parent.schema().child(ccns(list)).orElseThrow();
    return parent.entry(schema, NodeIdentifierWithPredicates.of(schema.name(), ccns(key), value));
  }

  private static RpcException refusal(String appTag, DataPath path, String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, message)
        .withAppTag(appTag)
        .withPath(path.errorPath())
        .asException();
  }
}
