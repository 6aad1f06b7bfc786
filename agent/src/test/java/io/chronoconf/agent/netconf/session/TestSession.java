package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.frame.FrameDecoder;
import io.chronoconf.agent.netconf.frame.FrameEvent;
import io.chronoconf.agent.netconf.frame.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The client's end of a session: raw enough to misbehave.
public final class TestSession {
  public static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  public static final String HELLO_1_1 = helloWith("urn:ietf:params:netconf:base:1.1");
  public static final String HELLO_1_0 = helloWith("urn:ietf:params:netconf:base:1.0");

  private final BytePipe toServer = new BytePipe();
  private final BytePipe toClient = new BytePipe();
  private final OutputStream out = toServer.output();
  private final InputStream in = toClient.input();
  private final FrameDecoder decoder = new FrameDecoder(1 << 28);
  private final CountDownLatch closed = new CountDownLatch(1);
  private ByteBuffer read = ByteBuffer.allocate(0);
  private Framing framing = Framing.END_OF_MESSAGE;
  private long sessionId;
  private int lastMessageId;

  TestSession() {}

  SessionTransport transport() {
    return new SessionTransport() {
      @Override
      public InputStream input() {
        return toServer.input();
      }

      @Override
      public OutputStream output() {
        return toClient.output();
      }

      @Override
      public String user() {
        return "admin";
      }

      @Override
      public String sourceHost() {
        return "192.0.2.7";
      }

      @Override
      public String protocol() {
        return "netconf-ssh";
      }

      @Override
      public void close(boolean isOrderly) {
        toServer.end();
        toClient.end();
        closed.countDown();
      }
    };
  }

  public static String helloWith(String... capabilities) {
    StringBuilder hello = new StringBuilder("<hello xmlns=\"" + BASE + "\"><capabilities>");
    for (String capability : capabilities) {
      hello.append("<capability>").append(capability).append("</capability>");
    }
    return hello.append("</capabilities></hello>").toString();
  }

  /// Sends bytes as they are.
  public void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /// The text in the session's framing.
  public String framed(String message) {
    return switch (framing) {
      case END_OF_MESSAGE -> message + "]]>]]>";
      case CHUNKED ->
          "\n#" + message.getBytes(StandardCharsets.UTF_8).length + "\n" + message + "\n##\n";
    };
  }

  public void sendMessage(String message) throws IOException {
    send(framed(message));
  }

  public void useChunks() {
    framing = Framing.CHUNKED;
    decoder.switchToChunked();
  }

  /// Exchanges hellos; the session speaks base:1.1 then.
  public String hello() throws IOException {
    String server = receive().orElseThrow();
    sessionId = Long.parseLong(server.replaceAll("(?s).*<session-id>(\\d+)</session-id>.*", "$1"));
    send(HELLO_1_1 + "]]>]]>");
    useChunks();
    return server;
  }

  public long sessionId() {
    return sessionId;
  }

  /// The next message; empty at the end of the stream.
  public Optional<String> receive() throws IOException {
    while (true) {
      Optional<FrameEvent> event = decoder.decode(read);
      if (event.isPresent()) {
        if (event.get() instanceof FrameEvent.Message message) {
          return Optional.of(new String(message.bytes(), StandardCharsets.UTF_8));
        }
        throw new IOException("the server's framing: " + event.get());
      }
      byte[] bytes = new byte[65_536];
      int count = in.read(bytes);
      if (count < 0) {
        return Optional.empty();
      }
      read = ByteBuffer.wrap(bytes, 0, count);
    }
  }

  /// Sends an operation and returns the whole reply.
  public ReplyText rpc(String operation) throws IOException {
    lastMessageId++;
    sendMessage(
        "<rpc xmlns=\"" + BASE + "\" message-id=\"" + lastMessageId + "\">" + operation + "</rpc>");
    return reply();
  }

  public ReplyText reply() throws IOException {
    return new ReplyText(receive().orElseThrow(() -> new IOException("the session has ended")));
  }

  /// Takes nothing any more: the server's writes block until the transport is closed.
  public void stopReading() {
    toClient.stall();
  }

  /// Drops the transport.
  public void drop() {
    toServer.end();
  }

  /// True once the server has closed the transport.
  public boolean awaitClosed() throws InterruptedException {
    return closed.await(20, TimeUnit.SECONDS);
  }

  /// Everything the server sent that has not been received, as it is, up to the end.
  public String rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    in.transferTo(rest);
    return rest.toString(StandardCharsets.UTF_8);
  }
}
