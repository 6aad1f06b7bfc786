package io.chronoconf.agent.tls;

import io.chronoconf.agent.tls.TestCertificates.Identity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The client's side of NETCONF over TLS, with base:1.0 framing.
public final class TlsPeer implements AutoCloseable {
  private static final String END = "]]>]]>";

  private final SSLSocket socket;
  private final InputStream in;

  private TlsPeer(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /// A peer whose handshake is done, as far as TLS tells the client.
  ///
  /// @param suites cipher suites; the JDK's own if none are given
  public static TlsPeer over(
      Socket below, X509Certificate trusted, Identity as, String version, String... suites)
      throws IOException, GeneralSecurityException {
    return over(below, trusted, Optional.of(as), version, suites);
  }

  /// A peer that shows no certificate.
  public static TlsPeer anonymous(Socket below, X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    return over(below, trusted, Optional.empty(), "TLSv1.2");
  }

  private static TlsPeer over(
      Socket below,
      X509Certificate trusted,
      Optional<Identity> as,
      String version,
      String... suites)
      throws IOException, GeneralSecurityException {
    KeyStore own = store();
    if (as.isPresent()) {
      own.setKeyEntry(
          "own",
          as.get().keys().getPrivate(),
          new char[0],
          new Certificate[] {as.get().certificate()});
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    KeyStore authorities = store();
    authorities.setCertificateEntry("trusted", trusted);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(below, "device", below.getPort(), true);
    socket.setUseClientMode(true);
    socket.setEnabledProtocols(new String[] {version});
    if (suites.length > 0) {
      socket.setEnabledCipherSuites(suites);
    }
    socket.startHandshake();
    return new TlsPeer(socket);
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /// The next byte; -1 at the end.
  int read() throws IOException {
    return in.read();
  }

  /// The next message, without its end mark.
  public String receive() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(END) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("ended after: " + text);
      }
      text.append((char) next);
    }
    return text.substring(0, text.indexOf(END));
  }

  /// The number in the server's hello, which must be next.
  long sessionId() throws IOException {
    return Long.parseLong(receive().replaceAll("(?s).*<session-id>(\\d+)</session-id>.*", "$1"));
  }

  public void send(String message) throws IOException {
    socket.getOutputStream().write((message + END).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Sends the same again and again until the connection breaks.
  Object sendForEver(String message) throws IOException {
    while (true) {
      send(message);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
