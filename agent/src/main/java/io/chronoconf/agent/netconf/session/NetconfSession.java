package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.frame.FrameDecoder;
import io.chronoconf.agent.netconf.frame.FrameEvent;
import io.chronoconf.agent.netconf.frame.Framing;
import io.chronoconf.agent.netconf.message.BadHelloException;
import io.chronoconf.agent.netconf.message.HelloReader;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Rpc;
import io.chronoconf.agent.netconf.message.RpcMessage;
import io.chronoconf.agent.netconf.message.RpcReader;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session's protocol as a state machine: no I/O, no clock, no threads. It is owned by the
/// session's thread.
final class NetconfSession {
  private static final Logger LOG = LoggerFactory.getLogger(NetconfSession.class);

  private enum State {
    AWAITING_HELLO,
    ESTABLISHED,
    ENDED
  }

  private final RpcReader reader;
  private final FrameDecoder decoder;
  private State state = State.AWAITING_HELLO;
  private Framing framing = Framing.END_OF_MESSAGE;

  NetconfSession(RpcReader reader, int maxMessageBytes) {
    this.reader = reader;
    this.decoder = new FrameDecoder(maxMessageBytes);
  }

  boolean isAwaitingHello() {
    return state == State.AWAITING_HELLO;
  }

  /// Takes one message out of the input.
  ///
  /// @return what to do about it, in this order, before the next call; empty if all input is
  ///   consumed and no message is complete
  List<SessionOutput> receive(ByteBuffer input) {
    if (state == State.ENDED) {
      input.position(input.limit());
      return List.of();
    }
    Optional<FrameEvent> event = decoder.decode(input);
    if (event.isEmpty()) {
      return List.of();
    }
    return switch (event.get()) {
      case FrameEvent.Message message ->
          switch (state) {
            case AWAITING_HELLO -> takeHello(message.bytes());
            case ESTABLISHED -> takeRpc(message.bytes());
            case ENDED -> List.of();
          };
      case FrameEvent.Broken broken -> takeBroken(broken);
    };
  }

  /// The peer sends no more.
  List<SessionOutput> inputEnded() {
    return state == State.ENDED ? List.of() : List.of(end(TerminationReason.DROPPED));
  }

  private List<SessionOutput> takeHello(byte[] message) {
    try {
      framing =
          HelloReader.read(message)
              .framing()
              .orElseThrow(() -> new BadHelloException("no base version in common"));
    } catch (BadHelloException e) {
      LOG.info("A session is dropped for its hello: {}", e.reason());
      return List.of(end(TerminationReason.BAD_HELLO));
    }
    state = State.ESTABLISHED;
    return switch (framing) {
      case END_OF_MESSAGE -> List.of();
      case CHUNKED -> {
        decoder.switchToChunked();
        yield List.of(new SessionOutput.SwitchToChunked());
      }
    };
  }

  private List<SessionOutput> takeRpc(byte[] message) {
    return switch (reader.read(message, framing)) {
      case RpcMessage.Refused refused -> List.of(new SessionOutput.Answer(refused));
      case RpcMessage.Accepted(Rpc rpc) when rpc.operation() instanceof Operation.CloseSession ->
          List.of(new SessionOutput.Perform(rpc), end(TerminationReason.CLOSED));
      case RpcMessage.Accepted(Rpc rpc) -> List.of(new SessionOutput.Perform(rpc));
    };
  }

  // RFC 6242 section 4.2: after a framing error no message boundary is known any more.
  private List<SessionOutput> takeBroken(FrameEvent.Broken broken) {
    if (state == State.AWAITING_HELLO) {
      LOG.info("A session is dropped before its hello: {}", broken.reason());
      return List.of(end(TerminationReason.BAD_HELLO));
    }
    ErrorTag tag =
        switch (broken.fault()) {
          case TOO_BIG -> ErrorTag.TOO_BIG;
          case MALFORMED -> ErrorTag.MALFORMED_MESSAGE;
        };
    RpcError error = RpcError.of(ErrorType.RPC, tag, broken.reason());
    return List.of(
        new SessionOutput.Answer(new RpcMessage.Refused(Optional.empty(), List.of(error))),
        end(TerminationReason.DROPPED));
  }

  private SessionOutput end(TerminationReason reason) {
    state = State.ENDED;
    return new SessionOutput.End(reason);
  }
}
