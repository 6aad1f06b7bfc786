package io.chronoconf.agent.netconf.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.frame.FrameEvent.Broken;
import io.chronoconf.agent.netconf.frame.FrameEvent.Fault;
import io.chronoconf.agent.netconf.frame.FrameEvent.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int LIMIT = 1_000;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static FrameDecoder chunked() {
    FrameDecoder decoder = new FrameDecoder(LIMIT);
    decoder.switchToChunked();
    return decoder;
  }

  private static List<FrameEvent> all(FrameDecoder decoder, ByteBuffer input) {
    List<FrameEvent> events = new ArrayList<>();
    while (true) {
      Optional<FrameEvent> event = decoder.decode(input);
      if (event.isEmpty()) {
        return events;
      }
      events.add(event.get());
      if (event.get() instanceof Broken) {
        return events;
      }
    }
  }

  private static List<String> texts(List<FrameEvent> events) {
    return events.stream()
        .map(event -> assertInstanceOf(Message.class, event))
        .map(message -> new String(message.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  private static Broken broken(FrameDecoder decoder, String input) {
    List<FrameEvent> events = all(decoder, ByteBuffer.wrap(bytes(input)));
    return assertInstanceOf(Broken.class, events.getLast());
  }

  @Test
  void findsMessagesUpToTheEndMark() {
    FrameDecoder decoder = new FrameDecoder(LIMIT);
    ByteBuffer input = ByteBuffer.wrap(bytes("<a/>]]>]]>\n<b>]]></b>]]>]]>rest"));
    assertEquals(List.of("<a/>", "\n<b>]]></b>"), texts(all(decoder, input)));
    assertTrue(decoder.isInMessage());
  }

  @Test
  void leavesTheNextMessageInTheInputSoThatTheFramingCanChange() {
    FrameDecoder decoder = new FrameDecoder(LIMIT);
    ByteBuffer input = ByteBuffer.wrap(bytes("<hello/>]]>]]>\n#4\n<a/>\n##\n"));
    assertArrayEquals(
        bytes("<hello/>"),
        assertInstanceOf(Message.class, decoder.decode(input).orElseThrow()).bytes());
    decoder.switchToChunked();
    assertEquals(List.of("<a/>"), texts(all(decoder, input)));
    assertFalse(decoder.isInMessage());
  }

  @Test
  void joinsTheChunksOfAMessage() {
    ByteBuffer input = ByteBuffer.wrap(bytes("\n#3\n<a>\n#1\n\n\n#4\n</a>\n##\n\n#4\n<b/>\n##\n"));
    assertEquals(List.of("<a>\n</a>", "<b/>"), texts(all(chunked(), input)));
  }

  @Test
  void takesEndMarksInsideChunksAsData() {
    ByteBuffer input = ByteBuffer.wrap(bytes("\n#10\n]]>]]>\n##\n\n##\n"));
    assertEquals(List.of("]]>]]>\n##\n"), texts(all(chunked(), input)));
  }

  @Test
  void takesBytesOneByOneEvenInsideACharacter() {
    byte[] message = bytes("<a>\u00e4\u20ac\ud83d\ude00</a>");
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    for (byte b : message) {
      framed.writeBytes(new byte[] {'\n', '#', '1', '\n', b});
    }
    framed.writeBytes(bytes("\n##\n"));
    FrameDecoder decoder = chunked();
    List<FrameEvent> events = new ArrayList<>();
    for (byte b : framed.toByteArray()) {
      events.addAll(all(decoder, ByteBuffer.wrap(new byte[] {b})));
    }
    assertEquals(List.of(new String(message, StandardCharsets.UTF_8)), texts(events));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n#0\n",
        "\n#010\n",
        "\n#4294967296\n",
        "\n#99999999999\n",
        "\n#+4\n<a/>",
        "\n# 4\n<a/>",
        "\n#4 \n<a/>",
        "\n#4\r\n<a/>",
        "\n#\n",
        "#4\n<a/>",
        "<a/>]]>]]>",
        "\n4\n<a/>",
        "\n##\n",
        "\n#4\n<a/>#",
        "\n#4\n<a/>x",
        "\n#4\n<a/>\n##x",
        "\n#4\n<a/>\n###",
        "\n\n#4\n<a/>",
        "\n#x\n"
      })
  void refusesWhatTheChunkGrammarDoesNotAllow(String input) {
    Broken broken = broken(chunked(), input);
    assertEquals(Fault.MALFORMED, broken.fault());
    assertTrue(broken.reason().startsWith("The framing is broken: "), broken.reason());
  }

  @Test
  void staysBrokenOnceBroken() {
    FrameDecoder decoder = chunked();
    Broken first = broken(decoder, "\n#0\n");
    assertEquals(first, broken(decoder, "\n#4\n<a/>\n##\n"));
  }

  @Test
  void waitsForTheRestOfTheLargestChunkWithoutHoldingItsSize() {
    FrameDecoder decoder = chunked();
    assertEquals(List.of(), all(decoder, ByteBuffer.wrap(bytes("\n#4294967295\n<a"))));
    assertTrue(decoder.isInMessage());
  }

  @Test
  void refusesALongMessageAsSoonAsItIsTooLong() {
    Broken inChunks = broken(chunked(), "\n#4294967295\n" + "x".repeat(LIMIT + 1));
    assertEquals(Fault.TOO_BIG, inChunks.fault());
    Broken inMany = broken(chunked(), ("\n#500\n" + "x".repeat(500)).repeat(3));
    assertEquals(Fault.TOO_BIG, inMany.fault());
    Broken toMark = broken(new FrameDecoder(LIMIT), "x".repeat(LIMIT + 20));
    assertEquals(Fault.TOO_BIG, toMark.fault());
    Broken withMark = broken(new FrameDecoder(LIMIT), "x".repeat(LIMIT + 1) + "]]>]]>");
    assertEquals(Fault.TOO_BIG, withMark.fault());
  }

  @Test
  void takesAMessageOfExactlyTheLimit() {
    String longest = "x".repeat(LIMIT);
    assertEquals(
        List.of(longest),
        texts(all(new FrameDecoder(LIMIT), ByteBuffer.wrap(bytes(longest + "]]>]]>")))));
    assertEquals(
        List.of(longest),
        texts(all(chunked(), ByteBuffer.wrap(bytes("\n#1000\n" + longest + "\n##\n")))));
  }

  @Test
  void readsWhatTheEncoderWroteHoweverItIsCut() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      boolean isChunked = random.nextBoolean();
      List<String> sent = new ArrayList<>();
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      FrameEncoder encoder = new FrameEncoder(wire);
      FrameDecoder decoder = new FrameDecoder(1 << 20);
      if (isChunked) {
        encoder.switchToChunked();
        decoder.switchToChunked();
      }
      for (int i = 0; i <= random.nextInt(4); i++) {
        String message = "<" + "a\n#".repeat(random.nextInt(i == 0 ? 30_000 : 9)) + ">";
        sent.add(message);
        encoder.write(bytes(message));
        encoder.endMessage();
      }
      List<FrameEvent> events = new ArrayList<>();
      byte[] all = wire.toByteArray();
      for (int from = 0; from < all.length; ) {
        int count = Math.min(all.length - from, 1 + random.nextInt(5_000));
        events.addAll(all(decoder, ByteBuffer.wrap(all, from, count)));
        from += count;
      }
      assertEquals(sent, texts(events), "round " + round);
    }
  }

  @Test
  void survivesTheFuzzTargetOnSeededInputs() {
    Random random = new Random(2);
    String alphabet = "\n\n\n##0123456789]]>]]><a/>";
    for (int round = 0; round < 20_000; round++) {
      byte[] input = new byte[random.nextInt(60)];
      for (int i = 0; i < input.length; i++) {
        input[i] =
            random.nextInt(50) == 0
                ? (byte) random.nextInt()
                : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      FrameDecoderFuzz.fuzzerTestOneInput(input);
    }
  }
}
