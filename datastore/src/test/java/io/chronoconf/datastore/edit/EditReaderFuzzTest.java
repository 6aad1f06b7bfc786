package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.ALL;
import static io.chronoconf.datastore.testing.Trees.OTHER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the fuzz target on mutations of sound edits; the seed tells a failing run apart.
class EditReaderFuzzTest {
  private static final String HEAD =
      "<config xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
          + " xmlns:yang='urn:ietf:params:xml:ns:yang:1'><top xmlns='"
          + ALL
          + "'>";
  private static final List<String> SOUND =
      List.of(
          HEAD
              + "<types><int8>-1</int8><decimal>1.5</decimal><flags>a b</flags>"
              + "<blob>AAAA</blob><nothing/><either>unlimited</either>"
              + "<colour xmlns:o='"
              + OTHER
              + "'>o:green</colour>"
              + "<where xmlns:a='"
              + ALL
              + "'>/a:top/a:person[a:name='x']/a:age</where></types></top></config>",
          HEAD
              + "<person nc:operation='create'><name>&lt;a&#10;</name><pet><kind>k</kind>"
              + "<number>1</number></pet></person><wings>2</wings><jet>j</jet>"
              + "<wheels nc:operation='remove'/></top></config>",
          HEAD
              + "<rule><name>a</name></rule><rule yang:insert='before' yang:key=\"[name='a']\">"
              + "<name>b</name></rule><word yang:insert='first'>x</word><hue>red</hue>"
              + "<present nc:operation='replace'><level>3</level></present></top></config>");
  private static final String[] PIECES = {
    "<",
    ">",
    "/>",
    "&",
    "&#0;",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- -->",
    "<?pi?>",
    "'",
    "\"",
    "\u0000",
    "\uffff",
    "nc:operation='delete'",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "xmlns=''",
    "-",
    ":",
    "["
  };

  private static byte[] mutated(Random random) {
    StringBuilder xml = new StringBuilder(SOUND.get(random.nextInt(SOUND.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(xml.length());
      int end = Math.min(xml.length(), at + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> xml.delete(at, end);
        case 1 -> xml.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> xml.insert(random.nextInt(xml.length()), xml.substring(at, end));
        case 3 -> xml.setCharAt(at, (char) (32 + random.nextInt(96)));
        default -> xml.insert(at, (char) random.nextInt(0x300));
      }
      if (xml.isEmpty()) {
        xml.append(HEAD);
      }
    }
    byte[] bytes = xml.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void refusesOrReadsBackWhateverComes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] document = mutated(random);
      try {
        EditReaderFuzz.fuzzerTestOneInput(document);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ": " + new String(document, StandardCharsets.UTF_8), e);
      }
    }
  }
}
