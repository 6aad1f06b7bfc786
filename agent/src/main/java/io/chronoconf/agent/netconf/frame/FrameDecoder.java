package io.chronoconf.agent.netconf.frame;

import io.chronoconf.agent.netconf.frame.FrameEvent.Fault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Finds messages in a byte stream that arrives in pieces of any size.
///
/// ```text
/// chunked-message = 1*( LF "#" chunk-size LF chunk-data ) LF "##" LF
/// chunk-size      = [1-9] 0*9DIGIT, at most 4294967295
/// ```
///
/// Memory follows what has arrived, never what a chunk header announces.
public final class FrameDecoder {
  /// Largest chunk that RFC 6242 section 4.2 can announce, in bytes.
  static final long MAX_CHUNK_BYTES = 4_294_967_295L;

  private static final int MAX_SIZE_DIGITS = 10;
  private static final int FIRST_BUFFER_BYTES = 1024;
  private static final byte[] END = {']', ']', '>', ']', ']', '>'};

  /// Where in the chunk grammar the next byte stands.
  private enum Place {
    BEFORE_HASH_LF,
    HASH,
    SIZE_FIRST,
    SIZE_MORE,
    DATA,
    END_LF
  }

  private final int maxMessageBytes;
  private Framing framing = Framing.END_OF_MESSAGE;
  private Place place = Place.BEFORE_HASH_LF;
  private byte[] message = new byte[FIRST_BUFFER_BYTES];
  private int length;
  private boolean isInMessage;
  private long chunkBytesLeft;
  private int sizeDigits;
  private Optional<FrameEvent> broken = Optional.empty();

  /// @param maxMessageBytes a longer message is refused as soon as it has grown past this
  public FrameDecoder(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Reads what follows as chunks. To be called between two messages.
  public void switchToChunked() {
    framing = Framing.CHUNKED;
  }

  /// True if a message has begun and not ended: the stream must not end now.
  public boolean isInMessage() {
    return length > 0 || isInMessage;
  }

  /// Consumes input up to the end of the next message.
  ///
  /// @return the message, or what is wrong; empty if all input is consumed and more is needed.
  ///   After [FrameEvent.Broken] every call returns the same again.
  public Optional<FrameEvent> decode(ByteBuffer input) {
    if (broken.isPresent()) {
      return broken;
    }
    Optional<FrameEvent> event =
        switch (framing) {
          case END_OF_MESSAGE -> decodeToEnd(input);
          case CHUNKED -> decodeChunks(input);
        };
    if (event.isPresent() && event.get() instanceof FrameEvent.Broken) {
      broken = event;
      message = new byte[0];
      length = 0;
    }
    return event;
  }

  private Optional<FrameEvent> decodeToEnd(ByteBuffer input) {
    while (input.hasRemaining()) {
      byte next = input.get();
      // The end mark itself does not count as message.
      if (length >= maxMessageBytes + END.length) {
        return tooBig();
      }
      append(next);
      if (next == '>' && endsWithMark()) {
        length -= END.length;
        return length > maxMessageBytes ? tooBig() : Optional.of(take());
      }
    }
    return Optional.empty();
  }

  private boolean endsWithMark() {
    return length >= END.length
        && Arrays.equals(message, length - END.length, length, END, 0, END.length);
  }

  private Optional<FrameEvent> decodeChunks(ByteBuffer input) {
    while (input.hasRemaining()) {
      if (place == Place.DATA) {
        if (!copyData(input)) {
          return tooBig();
        }
        continue;
      }
      byte next = input.get();
      Optional<String> fault =
          switch (place) {
            case BEFORE_HASH_LF -> step(next == '\n', Place.HASH, "expected LF before #");
            case HASH -> step(next == '#', Place.SIZE_FIRST, "expected # after LF");
            case SIZE_FIRST -> firstOfSize(next);
            case SIZE_MORE -> moreOfSize(next);
            case END_LF -> step(next == '\n', Place.BEFORE_HASH_LF, "expected LF after ##");
            case DATA -> throw new IllegalStateException("data is copied, not stepped through");
          };
      if (fault.isPresent()) {
        return malformed(fault.get() + ", found " + shown(next));
      }
      if (place == Place.BEFORE_HASH_LF) {
        // Only the end of chunks leads here byte by byte; the end of a chunk's data does not.
        return Optional.of(take());
      }
    }
    return Optional.empty();
  }

  private Optional<String> step(boolean isExpected, Place then, String otherwise) {
    if (isExpected) {
      place = then;
      isInMessage = true;
      return Optional.empty();
    }
    return Optional.of(otherwise);
  }

  private Optional<String> firstOfSize(byte next) {
    if (next >= '1' && next <= '9') {
      chunkBytesLeft = Character.digit(next, 10);
      sizeDigits = 1;
      place = Place.SIZE_MORE;
      return Optional.empty();
    }
    if (next == '#') {
      // RFC 6242 section 4.2: a message has at least one chunk.
      return step(length > 0, Place.END_LF, "expected a chunk before the end of chunks");
    }
    return Optional.of("a chunk size starts with a digit from 1 to 9");
  }

  private Optional<String> moreOfSize(byte next) {
    if (next == '\n') {
      place = Place.DATA;
      return Optional.empty();
    }
    if (next < '0' || next > '9') {
      return Optional.of("a chunk size consists of digits and ends with LF");
    }
    sizeDigits++;
    chunkBytesLeft = chunkBytesLeft * 10 + (next - '0');
    if (sizeDigits > MAX_SIZE_DIGITS || chunkBytesLeft > MAX_CHUNK_BYTES) {
      return Optional.of("a chunk has at most " + MAX_CHUNK_BYTES + " bytes");
    }
    return Optional.empty();
  }

  private boolean copyData(ByteBuffer input) {
    int count = (int) Math.min(chunkBytesLeft, input.remaining());
    if (count > maxMessageBytes - length) {
      return false;
    }
    reserve(count);
    input.get(message, length, count);
    length += count;
    chunkBytesLeft -= count;
    if (chunkBytesLeft == 0) {
      place = Place.BEFORE_HASH_LF;
    }
    return true;
  }

  private void append(byte next) {
    reserve(1);
    message[length++] = next;
  }

  private void reserve(int more) {
    if (message.length - length < more) {
      int doubled = (int) Math.min(2L * message.length, Integer.MAX_VALUE - 8);
      message = Arrays.copyOf(message, Math.max(doubled, length + more));
    }
  }

  private FrameEvent take() {
    byte[] whole = Arrays.copyOf(message, length);
    // A big message does not keep its memory for the rest of the session.
    if (message.length > 64 * FIRST_BUFFER_BYTES) {
      message = new byte[FIRST_BUFFER_BYTES];
    }
    length = 0;
    isInMessage = false;
    return new FrameEvent.Message(whole);
  }

  private Optional<FrameEvent> tooBig() {
    return Optional.of(
        new FrameEvent.Broken(
            Fault.TOO_BIG, "A message holds at most " + maxMessageBytes + " bytes: split it."));
  }

  private static Optional<FrameEvent> malformed(String reason) {
    return Optional.of(
        new FrameEvent.Broken(Fault.MALFORMED, "The framing is broken: " + reason + "."));
  }

  private static String shown(byte found) {
    return found > ' ' && found < 0x7f
        ? "'" + (char) found + "'"
        : String.format("0x%02x", found & 0xff);
  }
}
