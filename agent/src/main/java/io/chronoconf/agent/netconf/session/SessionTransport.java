package io.chronoconf.agent.netconf.session;

import java.io.InputStream;
import java.io.OutputStream;

/// The byte stream under a session, with what is known of its peer. The streams block the calling
/// thread; close may be called by any thread, more than once, and makes blocked calls return.
public interface SessionTransport {
  InputStream input();

  OutputStream output();

  /// The name by which the peer was authenticated.
  String user();

  /// Where the peer is, such as `192.0.2.1`.
  String sourceHost();

  /// An identity of ietf-netconf-monitoring, such as `netconf-ssh`.
  String protocol();

  /// Ends the stream.
  ///
  /// @param isOrderly whether what was written is still sent; a peer that does not read could delay
  ///   that
  void close(boolean isOrderly);

  /// Ends the stream before there is a session on it.
  ///
  /// @param reason for a person; told to the peer if the transport has a way to
  default void refuse(String reason) {
    close(true);
  }
}
