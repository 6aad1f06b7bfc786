package io.chronoconf.ntp.packet;

import java.util.Arrays;

/// A fuzz target for any fuzzer that calls it; a property breaks by an exception.
public final class NtpPacketDecoderFuzz {
  private NtpPacketDecoderFuzz() {}

  /// Whatever is decoded must come out again as it went in, and nothing may throw.
  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (NtpPacketDecoder.decode(bytes.clone())) {
      case DecodeResult.Malformed malformed -> {
        if (malformed.offset() < 0 || malformed.offset() > bytes.length) {
          throw new IllegalStateException("offset " + malformed.offset() + " is outside");
        }
      }
      case DecodeResult.Decoded decoded -> {
        if (!Arrays.equals(bytes, NtpPacketEncoder.encode(decoded.packet()))) {
          throw new IllegalStateException("does not come out as it went in");
        }
      }
    }
  }
}
