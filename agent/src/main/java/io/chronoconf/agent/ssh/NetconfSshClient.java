package io.chronoconf.agent.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;

/// The smallest NETCONF client, for rehearsals and measurements on this machine: it trusts whatever
/// host key it meets and frames messages as RFC 6242 section 4.3 does. One thread.
public final class NetconfSshClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String END = "]]>]]>";
  private static final int MAX_REPLY_BYTES = 64 * 1024 * 1024;
  private static final String HELLO =
      """
      <hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>
        <capability>urn:ietf:params:netconf:base:1.0</capability>
      </capabilities></hello>\
      """;

  private final SshClient ssh;
  private final ChannelSubsystem channel;
  private final InputStream in;
  private final OutputStream out;
  private int lastMessage;

  private NetconfSshClient(
      SshClient ssh, ChannelSubsystem channel, InputStream in, OutputStream out) {
    this.ssh = ssh;
    this.channel = channel;
    this.in = in;
    this.out = out;
  }

  /// A session whose hellos have been exchanged.
  ///
  /// @throws IOException if there is no server, it does not let the user in, or it takes too long
  public static NetconfSshClient connect(InetSocketAddress server, String user, String password)
      throws IOException {
    Ed25519Support.register();
    SshClient ssh = SshClient.setUpDefaultClient();
    CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    ssh.setServerKeyVerifier((session, address, key) -> true);
    ssh.start();
    try {
      ClientSession session =
          ssh.connect(user, server.getAddress().getHostAddress(), server.getPort())
              .verify(PATIENCE)
              .getSession();
      session.addPasswordIdentity(password);
      session.auth().verify(PATIENCE);
      ChannelSubsystem channel = session.createSubsystemChannel("netconf");
      channel.open().verify(PATIENCE);
      NetconfSshClient client =
          new NetconfSshClient(ssh, channel, channel.getInvertedOut(), channel.getInvertedIn());
      client.send(HELLO);
      String _ = client.receive();
      return client;
    } catch (IOException e) {
      ssh.stop();
      throw e;
    }
  }

  /// Sends one operation and returns the whole reply.
  ///
  /// @param operation an element such as `<get/>`
  public String request(String operation) throws IOException {
    lastMessage++;
    send(
        "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"%d\">%s</rpc>"
            .formatted(lastMessage, operation));
    return receive();
  }

  private void send(String message) throws IOException {
    out.write((message + END).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String receive() throws IOException {
    StringBuilder bytes = new StringBuilder();
    while (bytes.length() < MAX_REPLY_BYTES) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the server closed the session");
      }
      bytes.append((char) next);
      int start = bytes.length() - END.length();
      if (next == '>' && start >= 0 && bytes.indexOf(END, start) == start) {
        bytes.setLength(start);
        return new String(
            bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    throw new IOException("the reply is longer than " + MAX_REPLY_BYTES + " bytes");
  }

  @Override
  public void close() throws IOException {
    boolean _ = channel.close(false).await(PATIENCE);
    ssh.stop();
  }
}
