package io.chronoconf.ntp.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlAnswerTest {
  private static final int SEQUENCE = 7;
  private static final int ASSOCIATION = 3;
  private final ControlAnswer answer = new ControlAnswer(SEQUENCE, ASSOCIATION);

  private static byte[] part(int flags, int sequence, int association, int offset, String text) {
    byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(12 + data.length)
        .put((byte) 0x26)
        .put((byte) flags)
        .putShort((short) sequence)
        .putShort((short) 0)
        .putShort((short) association)
        .putShort((short) offset)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  private static byte[] part(int flags, int offset, String text) {
    return part(flags, SEQUENCE, ASSOCIATION, offset, text);
  }

  @Test
  void asksForVariablesByName() {
    assertArrayEquals(
        HexFormat.of()
            .parseHex("2602" + "0007" + "0000" + "0003" + "0000" + "0005" + "7265666964000000"),
        answer.query("refid"));
  }

  @Test
  void putsPartsInOrder() {
    answer.add(part(0x82, 11, " refid=\"A B\"\r\n"));
    assertEquals(Optional.empty(), answer.variables());
    answer.add(part(0xa2, 0, "stratum=2,\r"));
    assertEquals(Optional.of(Map.of("stratum", "2", "refid", "A B")), answer.variables());
  }

  @Test
  void waitsForTheLastPart() {
    answer.add(part(0xa2, 0, "stratum=2"));
    assertEquals(Optional.empty(), answer.variables());
  }

  @Test
  void overlappingPartsAreNoAnswer() {
    answer.add(part(0xa2, 0, "stratum=2"));
    answer.add(part(0x82, 5, "um=3"));
    assertEquals(Optional.empty(), answer.variables());
  }

  @Test
  void knowsARefusal() {
    assertFalse(answer.isRefused());
    answer.add(part(0xc2, 0, ""));
    assertTrue(answer.isRefused());
  }

  @ParameterizedTest
  @CsvSource({"0x82, 8, 3", "0x82, 7, 4", "0x02, 7, 3", "0x81, 7, 3", "0xc2, 8, 3"})
  void ignoresWhatItDidNotAskFor(String flags, int sequence, int association) {
    answer.add(part(Integer.decode(flags), sequence, association, 0, "stratum=2"));
    assertEquals(Optional.empty(), answer.variables());
    assertFalse(answer.isRefused());
  }

  @Test
  void ignoresWhatIsLongerThanAnyAnswerOrCutOff() {
    answer.add(part(0x82, 16_380, "stratum=2"));
    byte[] cut = part(0x82, 0, "stratum=2");
    answer.add(Arrays.copyOf(cut, cut.length - 1));
    answer.add(new byte[11]);
    assertEquals(Optional.empty(), answer.variables());
  }
}
