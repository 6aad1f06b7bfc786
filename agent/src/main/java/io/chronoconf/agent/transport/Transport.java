package io.chronoconf.agent.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// One way to carry NETCONF: over SSH (RFC 6242) or over TLS (RFC 7589). Any thread.
public interface Transport {
  /// Starts to listen.
  ///
  /// @param address with port 0, any free port is taken
  /// @throws IOException if it cannot be listened there; the message says why
  Listening listen(InetSocketAddress address) throws IOException;

  /// Calls a client home (RFC 8071 section 3.1): connects to it, and is the server on that
  /// connection. Blocks.
  ///
  /// @param patience for the connection to come about
  /// @throws IOException if it does not; the message says why
  Call call(InetSocketAddress client, Duration patience) throws IOException;

  /// An address that is listened on.
  interface Listening extends AutoCloseable {
    /// The port, which is the one asked for unless that was 0.
    int port();

    /// Takes no more connections. Those that there are stay.
    @Override
    void close();
  }

  /// A connection to a client that was called.
  interface Call extends AutoCloseable {
    /// Waits until either side has ended the connection.
    ///
    /// @return whether the client had logged in
    boolean awaitEnd() throws InterruptedException;

    /// Ends the connection.
    @Override
    void close();
  }
}
