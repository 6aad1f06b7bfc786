package io.chronoconf.agent.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The server's side of handshakes under one [TlsSettings]. TLS 1.2 and 1.3, forward secrecy and
/// authenticated encryption only (RFC 9325). Any thread.
public final class TlsContext {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private final TlsSettings settings;
  private final SSLContext context;

  private TlsContext(TlsSettings settings, SSLContext context) {
    this.settings = settings;
    this.context = context;
  }

  /// Makes the JDK refuse handshakes within a session: in TLS 1.2 a client could come back as
  /// somebody else. The JDK reads this once, with the first handshake of the process.
  static void refuseRenegotiation() {
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /// The server of these settings.
  ///
  /// @throws IOException if the JDK can do nothing with the key or a certificate; the message says
  ///   why
  public static TlsContext of(TlsSettings settings) throws IOException {
    refuseRenegotiation();
    try {
      return new TlsContext(settings, context(settings));
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot use these certificates: " + e.getMessage(), e);
    }
  }

  private static SSLContext context(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    char[] noPassword = new char[0];
    KeyStore own = store();
    own.setKeyEntry(
        "server", settings.key(), noPassword, settings.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, noPassword);
    KeyStore trusted = store();
    int count = 0;
    for (X509Certificate authority : settings.clientAuthorities()) {
      trusted.setCertificateEntry("authority-" + count++, authority);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /// When the server's certificate goes out of date.
  public Instant expires() {
    return settings.chain().getFirst().getNotAfter().toInstant();
  }

  /// Does the handshake. Blocks; closing the socket below ends it.
  ///
  /// @throws IOException if it fails, or the client has no valid certificate
  SSLSocket handshake(Socket below) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    below, below.getInetAddress().getHostAddress(), below.getPort(), true);
    socket.setUseClientMode(false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(SUITES);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(true);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /// Who the client is.
  ///
  /// @throws SSLPeerUnverifiedException if no rule says; the message tells what to do
  String user(SSLSocket socket) throws SSLPeerUnverifiedException {
    List<X509Certificate> presented =
        Arrays.stream(socket.getSession().getPeerCertificates())
            .map(X509Certificate.class::cast)
            .toList();
    requireValid(presented);
    return settings
        .names()
        .user(presented, settings.clientAuthorities())
        .orElseThrow(
            () ->
                new SSLPeerUnverifiedException(
                    "no entry of cert-to-name gives a user name to the certificate of "
                        + presented.getFirst().getSubjectX500Principal()));
  }

  // A handshake that resumes an earlier one does not look at dates.
  private static void requireValid(List<X509Certificate> presented)
      throws SSLPeerUnverifiedException {
    for (X509Certificate certificate : presented) {
      try {
        certificate.checkValidity();
      } catch (CertificateException e) {
        throw new SSLPeerUnverifiedException(
            "the certificate of " + certificate.getSubjectX500Principal() + " is out of date");
      }
    }
  }
}
