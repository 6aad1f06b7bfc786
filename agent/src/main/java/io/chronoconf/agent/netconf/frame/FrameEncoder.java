package io.chronoconf.agent.netconf.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Frames messages while they are being written. A message is what is written up to [#endMessage];
/// a short one leaves in a single write, so in a single packet.
public final class FrameEncoder extends OutputStream {
  /// Bytes per chunk. Below 10^7, because some clients stumble over sizes of eight digits.
  static final int CHUNK_BYTES = 32 * 1024 - 64;

  // LF # and as many digits as CHUNK_BYTES has, then LF.
  private static final int HEADER_BYTES = 8;
  private static final byte[] END_OF_MESSAGE = "]]>]]>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_CHUNKS = "\n##\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  // Room for the header before the data and for either end mark behind it.
  private final byte[] buffer = new byte[HEADER_BYTES + CHUNK_BYTES + END_OF_MESSAGE.length];
  private int dataEnd = HEADER_BYTES;
  private Framing framing = Framing.END_OF_MESSAGE;

  /// @param out the transport; flushed at the end of each message
  public FrameEncoder(OutputStream out) {
    this.out = out;
  }

  /// Frames what follows in chunks. To be called between two messages.
  public void switchToChunked() {
    framing = Framing.CHUNKED;
  }

  @Override
  public void write(int b) throws IOException {
    if (dataEnd == HEADER_BYTES + CHUNK_BYTES) {
      writeBuffer();
    }
    buffer[dataEnd++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int room = HEADER_BYTES + CHUNK_BYTES - dataEnd;
      if (room == 0) {
        writeBuffer();
        continue;
      }
      int count = Math.min(room, left);
      System.arraycopy(bytes, from, buffer, dataEnd, count);
      dataEnd += count;
      from += count;
      left -= count;
    }
  }

  /// Does nothing: a message leaves when a chunk is full and when it ends.
  @Override
  public void flush() {}

  /// Ends the message and sends what is left of it.
  public void endMessage() throws IOException {
    byte[] end = framing == Framing.CHUNKED ? END_OF_CHUNKS : END_OF_MESSAGE;
    int start = begin();
    System.arraycopy(end, 0, buffer, dataEnd, end.length);
    out.write(buffer, start, dataEnd + end.length - start);
    out.flush();
    dataEnd = HEADER_BYTES;
  }

  private void writeBuffer() throws IOException {
    int start = begin();
    out.write(buffer, start, dataEnd - start);
    dataEnd = HEADER_BYTES;
  }

  /// Puts the chunk header in front of the data and says where the whole begins.
  private int begin() {
    int dataBytes = dataEnd - HEADER_BYTES;
    if (framing == Framing.END_OF_MESSAGE || dataBytes == 0) {
      return HEADER_BYTES;
    }
    byte[] header = ("\n#" + dataBytes + "\n").getBytes(StandardCharsets.US_ASCII);
    int start = HEADER_BYTES - header.length;
    System.arraycopy(header, 0, buffer, start, header.length);
    return start;
  }
}
