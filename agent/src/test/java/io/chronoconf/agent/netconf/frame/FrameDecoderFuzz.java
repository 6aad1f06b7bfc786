package io.chronoconf.agent.netconf.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Fuzz target: whatever bytes come and however they are cut, the decoder ends, keeps to its limit
/// and finds the same events. Runs by a fuzzer that calls `fuzzerTestOneInput`, and seeded in
/// [FrameDecoderTest].
final class FrameDecoderFuzz {
  private static final int LIMIT = 64;

  private FrameDecoderFuzz() {}

  static void fuzzerTestOneInput(byte[] data) {
    for (Framing framing : Framing.values()) {
      List<String> whole = decode(framing, data, data.length);
      List<String> bytewise = decode(framing, data, 1);
      if (!whole.equals(bytewise)) {
        throw new AssertionError(HexFormat.of().formatHex(data) + " depends on how it is cut");
      }
    }
  }

  private static List<String> decode(Framing framing, byte[] data, int step) {
    FrameDecoder decoder = new FrameDecoder(LIMIT);
    if (framing == Framing.CHUNKED) {
      decoder.switchToChunked();
    }
    List<String> events = new ArrayList<>();
    for (int from = 0; from < data.length; from += step) {
      ByteBuffer input = ByteBuffer.wrap(data, from, Math.min(step, data.length - from));
      Optional<FrameEvent> event = decoder.decode(input);
      while (event.isPresent()) {
        if (event.get() instanceof FrameEvent.Broken broken) {
          events.add(broken.toString());
          return events;
        }
        if (event.get() instanceof FrameEvent.Message message) {
          if (message.bytes().length > LIMIT) {
            throw new AssertionError("a message is longer than the limit");
          }
          events.add(HexFormat.of().formatHex(message.bytes()));
        }
        event = decoder.decode(input);
      }
      if (input.hasRemaining()) {
        throw new AssertionError("input is left over");
      }
    }
    return events;
  }
}
