package io.chronoconf.agent.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What new TLS connections go by.
///
/// @param chain the server's certificate, and those between it and its authority
/// @param key of the server's certificate
/// @param clientAuthorities whose signature makes a client's certificate valid; a client's own
///   certificate stands for itself
/// @param names who a client is
public record TlsSettings(
    List<X509Certificate> chain,
    PrivateKey key,
    List<X509Certificate> clientAuthorities,
    CertToName names) {
  public TlsSettings {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
  }
}
