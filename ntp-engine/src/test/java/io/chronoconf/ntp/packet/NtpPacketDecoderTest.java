package io.chronoconf.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chronoconf.ntp.packet.DecodeResult.Decoded;
import io.chronoconf.ntp.packet.DecodeResult.Malformed;
import io.chronoconf.ntp.packet.DecodeResult.Reason;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtpPacketDecoderTest {
  private static final String ZEROS_36 = "00".repeat(36);
  private static final String REQUEST = "230006e8" + ZEROS_36 + "e900000010000000";

  private static byte[] request(int trailing) {
    return Arrays.copyOf(HexFormat.of().parseHex(REQUEST), 48 + trailing);
  }

  private static NtpPacket decoded(byte[] bytes) {
    return assertInstanceOf(Decoded.class, NtpPacketDecoder.decode(bytes)).packet();
  }

  @Test
  void readsEveryFieldOfTheHeader() {
    String hex =
        "dc02faec"
            + "00010000"
            + "00008000"
            + "7f7f0100"
            + "0000000100000002"
            + "0000000300000004"
            + "0000000500000006"
            + "0000000700000008";
    NtpPacket packet = decoded(HexFormat.of().parseHex(hex));
    assertEquals(3, packet.leap());
    assertEquals(3, packet.version());
    assertEquals(4, packet.mode());
    assertEquals(2, packet.stratum());
    assertEquals(-6, packet.poll());
    assertEquals(-20, packet.precision());
    assertEquals(1.0, packet.rootDelay().toSeconds());
    assertEquals(0.5, packet.rootDispersion().toSeconds());
    assertEquals(0x7f7f0100, packet.referenceId());
    assertEquals(0x1_0000_0002L, packet.reference().bits());
    assertEquals(0x3_0000_0004L, packet.origin().bits());
    assertEquals(0x5_0000_0006L, packet.receive().bits());
    assertEquals(0x7_0000_0008L, packet.transmit().bits());
    assertArrayEquals(HexFormat.of().parseHex(hex), NtpPacketEncoder.encode(packet));
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,true", "2,true", "3,true", "4,true", "5,false", "6,false", "7,false"})
  void knowsVersionsOneToFour(int version, boolean isKnown) {
    byte[] bytes = request(0);
    bytes[0] = PacketLayout.flags(0, version, 3);
    DecodeResult result = NtpPacketDecoder.decode(bytes);
    if (isKnown) {
      assertEquals(version, assertInstanceOf(Decoded.class, result).packet().version());
    } else {
      assertEquals(new Malformed(Reason.VERSION, 0), result);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void leavesControlPacketsToOthers(int mode) {
    byte[] bytes = request(0);
    bytes[0] = PacketLayout.flags(0, 4, mode);
    assertEquals(new Malformed(Reason.MODE, 0), NtpPacketDecoder.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 47})
  void refusesShortPackets(int length) {
    byte[] bytes = Arrays.copyOf(request(0), length);
    assertEquals(new Malformed(Reason.TOO_SHORT, length), NtpPacketDecoder.decode(bytes));
  }

  @Test
  void refusesPacketsBeyondTheLimit() {
    assertEquals(
        new Malformed(Reason.TOO_LONG, PacketLayout.MAX_PACKET_LENGTH),
        NtpPacketDecoder.decode(request(PacketLayout.MAX_PACKET_LENGTH - 47)));
  }

  @ParameterizedTest
  @CsvSource({
    "0,NONE", "4,MAC", "8,BAD", "12,BAD", "16,MAC", "20,MAC", "24,MAC", "28,BAD", "32,BAD",
    "36,MAC", "40,BAD", "44,BAD", "48,BAD", "52,MAC", "56,BAD", "60,BAD", "64,BAD", "68,MAC",
    "72,BAD", "1,BAD", "22,BAD", "70,BAD"
  })
  void tellsWhatTrailsByItsLength(int trailing, String kind) {
    DecodeResult result = NtpPacketDecoder.decode(request(trailing));
    switch (kind) {
      case "NONE" ->
          assertEquals(Optional.empty(), assertInstanceOf(Decoded.class, result).packet().mac());
      case "MAC" ->
          assertEquals(
              Optional.of(trailing - 4),
              assertInstanceOf(Decoded.class, result).packet().mac().map(m -> m.digest().length));
      default -> assertEquals(new Malformed(Reason.TRAILING_FIELDS, 48), result);
    }
  }

  /// The same lengths filled by what says that it is one field: only a short one may be a MAC.
  @ParameterizedTest
  @CsvSource({
    "4,MAC",
    "8,BAD",
    "12,BAD",
    "16,MAC",
    "20,MAC",
    "24,MAC",
    "28,FIELD",
    "32,FIELD",
    "36,FIELD",
    "40,FIELD",
    "44,FIELD",
    "48,FIELD",
    "52,FIELD",
    "56,FIELD",
    "60,FIELD",
    "64,FIELD",
    "68,FIELD",
    "72,FIELD",
    "30,BAD"
  })
  void tellsALastFieldFromAMac(int trailing, String kind) {
    byte[] bytes = request(trailing);
    ByteBuffer.wrap(bytes).putShort(48, (short) 0x0104).putShort(50, (short) trailing);
    DecodeResult result = NtpPacketDecoder.decode(bytes);
    if (kind.equals("BAD")) {
      assertEquals(new Malformed(Reason.TRAILING_FIELDS, 48), result);
      return;
    }
    NtpPacket packet = assertInstanceOf(Decoded.class, result).packet();
    assertEquals(kind.equals("MAC") ? 1 : 0, packet.mac().stream().count());
    assertEquals(kind.equals("FIELD") ? 1 : 0, packet.extensionFields().size());
  }

  @ParameterizedTest
  @CsvSource({"0,16", "1,1", "15,15", "16,16", "17,16", "255,16"})
  void anAssociationKeepsAnUnspecifiedStratumAsSixteen(int stratum, int kept) {
    byte[] bytes = request(0);
    bytes[PacketLayout.STRATUM] = (byte) stratum;
    assertEquals(stratum, decoded(bytes).stratum());
    assertEquals(kept, decoded(bytes).effectiveStratum());
  }

  @Test
  void readsALastFieldOfTwentyEightOctetsWithoutMac() {
    byte[] bytes = request(28);
    ByteBuffer.wrap(bytes).putShort(48, (short) 0x0104).putShort(50, (short) 28);
    assertEquals(
        List.of(new ExtensionField(0x0104, new byte[24])), decoded(bytes).extensionFields());
  }

  @Test
  void readsFieldsBeforeAMac() {
    byte[] bytes = request(16 + 20);
    ByteBuffer.wrap(bytes).putShort(48, (short) 0x2005).putShort(50, (short) 16).putInt(64, 42);
    NtpPacket packet = decoded(bytes);
    assertEquals(1, packet.extensionFields().size());
    assertEquals(Optional.of(new Mac(42, new byte[16])), packet.mac());
  }

  @Test
  void readsTheLongDigestsOfHmac() {
    for (int digest : new int[] {32, 48, 64}) {
      byte[] bytes = request(4 + digest);
      ByteBuffer.wrap(bytes).putInt(48, 42);
      assertEquals(Optional.of(new Mac(42, new byte[digest])), decoded(bytes).mac());
    }
  }

  @ParameterizedTest
  @CsvSource({"15", "18", "4", "0", "4000"})
  void refusesFieldsOfImpossibleLength(int length) {
    byte[] bytes = request(64);
    ByteBuffer.wrap(bytes).putShort(48, (short) 1).putShort(50, (short) length);
    assertEquals(new Malformed(Reason.TRAILING_FIELDS, 48), NtpPacketDecoder.decode(bytes));
  }

  @Test
  void refusesMoreFieldsThanTheLimit() {
    int count = TrailingFields.MAX_EXTENSION_FIELDS + 1;
    byte[] bytes = request(count * 28);
    for (int i = 0; i < count; i++) {
      ByteBuffer.wrap(bytes).putShort(48 + 28 * i, (short) 9).putShort(50 + 28 * i, (short) 28);
    }
    assertEquals(
        new Malformed(Reason.TRAILING_FIELDS, 48 + 28 * (count - 1)),
        NtpPacketDecoder.decode(bytes));
  }

  @Test
  void knowsNoFieldsBeforeVersionFour() {
    byte[] bytes = request(28);
    bytes[0] = PacketLayout.flags(0, 3, 3);
    ByteBuffer.wrap(bytes).putShort(48, (short) 0x0104).putShort(50, (short) 28);
    assertEquals(new Malformed(Reason.TRAILING_FIELDS, 48), NtpPacketDecoder.decode(bytes));
  }

  @Test
  void encodesWhatItDecodes() {
    NtpPacket packet =
        Packets.withTrailer(
            NtpPacket.request(4, 6, new NtpTimestamp(0xe900000010000000L)),
            List.of(new ExtensionField(0x0104, new byte[32])),
            Optional.of(new Mac(7, new byte[20])));
    assertEquals(packet, decoded(NtpPacketEncoder.encode(packet)));
  }
}
