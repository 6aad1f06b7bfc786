package io.chronoconf.agent.netconf.notification;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// What is sent to a session without being asked for each time. [#take] belongs to the one thread
/// that sends; the rest to any.
public interface Feed {
  /// A message, without framing.
  interface Message {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Waits for the next message to send; empty when there will be none.
  Optional<? extends Message> take() throws InterruptedException;

  /// True once the session has let too much pile up: it has to be ended.
  boolean isOverrun();

  /// Ends it at once; what waits is not sent.
  void close();
}
