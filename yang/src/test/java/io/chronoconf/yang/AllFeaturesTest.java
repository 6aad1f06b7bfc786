package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The models as they are meant once everything is built: all features, without chronoconf-not-yet.
class AllFeaturesTest {
  private static final Path GUIDE = Path.of("src/test/resources/guide");
  private static final Path PAYLOADS = Path.of("src/test/resources/payloads");

  private static final Map<String, String> FEATURES =
      Map.of(
          "ietf-ntp", "*",
          "ietf-system", "ntp,authentication,local-users,timezone-name",
          "ietf-access-control-list", "ipv4,ipv6,match-on-ipv4,match-on-ipv6,match-on-udp");

  @Test
  void acceptsTheGuidesExamples(@TempDir Path work) throws IOException, InterruptedException {
    Yanglint yanglint = yanglint(work);
    for (Path example : files(GUIDE)) {
      String name = example.toString();
      // The second payload of a device is an edit on top of the first.
      if (name.contains(".2.config")) {
        yanglint.judgeEdit(name, content(example));
      } else {
        yanglint.judge(name, content(example));
      }
    }
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals(files(GUIDE).size() + 1, verdicts.size());
    verdicts.forEach((name, verdict) -> assertEquals("", verdict, name));
  }

  /// Each file holds payloads for `/ntp`, one a paragraph: its name, what is said against it, and
  /// the payload.
  @Test
  void refusesWhatCannotBeMeant(@TempDir Path work) throws IOException, InterruptedException {
    Map<String, String> expected = new TreeMap<>();
    Yanglint yanglint = yanglint(work);
    for (String paragraph : paragraphs("refused.txt")) {
      String[] lines = paragraph.split("\n", 3);
      assertEquals(3, lines.length, paragraph);
      expected.put(lines[0].replace(' ', '-'), lines[1]);
      yanglint.judge(lines[0], surroundings() + inNtp(lines[2]));
    }
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals(expected.size() + 1, verdicts.size());
    List<String> wrong = new ArrayList<>();
    expected.forEach(
        (name, refusal) -> {
          String verdict = String.valueOf(verdicts.get(name));
          if (!verdict.contains(refusal)) {
            wrong.add(name + " should say: " + refusal + "\n  but says: " + verdict);
          }
        });
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void refusesNamesOfInstancesThatCannotBe(@TempDir Path work)
      throws IOException, InterruptedException {
    Yanglint yanglint = yanglint(work);
    yanglint.judge("31 characters", instance("v".repeat(31)));
    yanglint.judge("32 characters", instance("v".repeat(32)));
    yanglint.judge("public", instance("public"));
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals("", verdicts.get("31-characters"));
    assertTrue(String.valueOf(verdicts.get("32-characters")).contains("Unsatisfied length"));
    assertTrue(String.valueOf(verdicts.get("public")).contains("means the public network"));
  }

  @Test
  void refusesNtpBesideSntp(@TempDir Path work) throws IOException, InterruptedException {
    Yanglint yanglint = yanglint(work);
    String sntp = "<system xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><ntp/></system>";
    yanglint.judge("one", sntp);
    yanglint.judge("both", sntp + inNtp(""));
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals("", verdicts.get("one"));
    assertTrue(String.valueOf(verdicts.get("both")).contains("When condition"));
  }

  @Test
  void acceptsWhatComesClose(@TempDir Path work) throws IOException, InterruptedException {
    Yanglint yanglint = yanglint(work);
    List<String> paragraphs = paragraphs("accepted.txt");
    for (String paragraph : paragraphs) {
      String[] lines = paragraph.split("\n", 2);
      yanglint.judge(lines[0], surroundings() + inNtp(lines[1]));
    }
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals(paragraphs.size() + 1, verdicts.size());
    verdicts.forEach((name, verdict) -> assertEquals("", verdict, name));
  }

  @Test
  void countsStaticAssociations(@TempDir Path work) throws IOException, InterruptedException {
    Yanglint yanglint = yanglint(work);
    yanglint.judge("as many as may be", inNtp(servers(128)));
    yanglint.judge("one server more", inNtp(servers(129)));
    yanglint.judge(
        "one manycast client more",
        surroundings()
            + inNtp(
                servers(128)
                    + "<interfaces><interface><name>Vlan-interface2</name><manycast-client>"
                    + "<address>224.0.1.1</address></manycast-client></interface></interfaces>"));
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals("", verdicts.get("as-many-as-may-be"));
    String refusal = "There may be 128 static associations";
    assertTrue(String.valueOf(verdicts.get("one-server-more")).contains(refusal));
    assertTrue(String.valueOf(verdicts.get("one-manycast-client-more")).contains(refusal));
  }

  private static String servers(int count) {
    StringBuilder servers = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      servers
          .append("<unicast-configuration><address>10.0.0.")
          .append(i)
          .append("</address><type>ntp:uc-server</type></unicast-configuration>");
    }
    return servers.toString();
  }

  private static String instance(String name) {
    return """
    <network-instances xmlns="urn:ietf:params:xml:ns:yang:ietf-network-instance">
      <network-instance><name>%s</name><vpn-instance xmlns="urn:chronoconf:yang:vpn"/>
      </network-instance></network-instances>
    """
        .formatted(name);
  }

  private static Yanglint yanglint(Path work) {
    List<ModuleEntry> modules =
        YangSchema.load().modules().stream()
            .filter(module -> !module.name().equals("chronoconf-not-yet"))
            .filter(
                module ->
                    module.name().startsWith("chronoconf-")
                        || module.name().equals("iana-if-type")
                        || FEATURES.containsKey(module.name()))
            .toList();
    return new Yanglint(work, modules, FEATURES);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> paragraphs(String file) throws IOException {
    return Arrays.stream(Files.readString(PAYLOADS.resolve(file)).split("\n\n+"))
        .map(
            paragraph ->
                paragraph
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n")))
        .filter(paragraph -> !paragraph.isBlank())
        .toList();
  }

  private static String surroundings() throws IOException {
    return Files.readString(PAYLOADS.resolve("surroundings.xml"));
  }

  /// The content of an edit-config's `config` element.
  private static String content(Path file) throws IOException {
    String text = Files.readString(file);
    int start = text.indexOf('>', text.indexOf("<config")) + 1;
    return text.substring(start, text.lastIndexOf("</config>"));
  }

  private static String inNtp(String body) {
    return """
    <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
      xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp"
      xmlns:ccn="urn:chronoconf:yang:ntp" xmlns:cct="urn:chronoconf:yang:types">\
    """
        + body
        + "</ntp>";
  }
}
