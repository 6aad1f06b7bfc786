package io.chronoconf.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every class, file and link that a document names exists.
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern CLASS_NAME = Pattern.compile("[A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+");
  private static final Pattern FILE_NAME =
      Pattern.compile("[\\w.@-]+(?:/[\\w.@-]+)+/?|[\\w-]+\\.(?:md|xml|java|yang|py|sh)");

  /// Names of other projects and of the standards that look like classes of ours.
  private static final Set<String> FOREIGN =
      Set.of("DataTree", "OpenDaylight", "GitHub", "ArchUnit", "NullAway", "ProxyJump", "SerialGC");

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(document.resolveSibling(target).normalize())) {
          dead.add(ROOT.relativize(document) + ": " + target);
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void classesNamedInDocumentsExist() throws IOException {
    Set<String> known = sourceNames();
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      Matcher code = CODE.matcher(withoutBlocks(Files.readString(document)));
      while (code.find()) {
        String word = code.group(1);
        if (CLASS_NAME.matcher(word).matches()
            && !known.contains(word)
            && !FOREIGN.contains(word)) {
          unknown.add(ROOT.relativize(document) + ": " + word);
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/netconf-coverage.md", "docs/rfc-coverage.md"})
  void testsNamedAsProofExist(String name) throws IOException {
    String document = Files.readString(ROOT.resolve(name));
    Map<String, String> sources = new HashMap<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".java")) {
        sources.put(
            file.getFileName().toString().replace(".java", ""),
            Files.readString(ROOT.resolve(file)));
      }
    }
    Set<String> unknown = new TreeSet<>();
    Matcher named = Pattern.compile("`(\\w+)#(\\w+)`").matcher(document);
    while (named.find()) {
      String source = sources.getOrDefault(String.valueOf(named.group(1)), "");
      if (!source.contains(" " + named.group(2) + "(")) {
        unknown.add(named.group());
      }
    }
    String all = String.join("\n", sources.values()) + wireCases();
    Matcher quoted = Pattern.compile("\"([^\"\\n]+)\"").matcher(document);
    while (quoted.find()) {
      if (!quoted.group(1).isEmpty() && !all.contains("\"" + quoted.group(1) + "\"")) {
        unknown.add(quoted.group());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  private static String wireCases() throws IOException {
    return Files.readString(ROOT.resolve("integration-tests/src/test/python/wire.py"));
  }

  @Test
  void everyRowOfTheCoverageIsThere() throws IOException {
    List<Integer> rows =
        Files.readAllLines(ROOT.resolve("docs/netconf-coverage.md")).stream()
            .map(Pattern.compile("\\| (\\d+) \\|.*")::matcher)
            .filter(Matcher::matches)
            .map(row -> Integer.valueOf(row.group(1)))
            .toList();
    assertEquals(IntStream.rangeClosed(1, 82).boxed().toList(), rows);
  }

  @Test
  void filesNamedInDocumentsExist() throws IOException {
    Set<String> unknown = new TreeSet<>();
    List<Path> files = files();
    for (Path document : documents()) {
      Matcher code = CODE.matcher(withoutBlocks(Files.readString(document)));
      while (code.find()) {
        String word = code.group(1);
        boolean namesAFile =
            FILE_NAME.matcher(word).matches()
                && (word.startsWith("docs/") || word.matches(".*\\.(md|xml|java|py|sh)"));
        if (namesAFile && files.stream().noneMatch(file -> ("/" + file).endsWith("/" + word))) {
          unknown.add(ROOT.relativize(document) + ": " + word);
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void decisionRecordsAreNumberedOnceAndDated() throws IOException {
    List<String> numbers = new ArrayList<>();
    try (Stream<Path> records = Files.list(ROOT.resolve("docs/adr"))) {
      for (Path record : records.sorted().toList()) {
        String name = record.getFileName().toString();
        assertTrue(name.matches("\\d{4}-[a-z0-9-]+\\.md"), name);
        numbers.add(name.substring(0, 4));
        String text = Files.readString(record);
        assertTrue(text.contains("Status: ") && text.contains("Date: "), name);
      }
    }
    assertFalse(numbers.isEmpty());
    assertEquals(numbers.stream().distinct().toList(), numbers);
  }

  @Test
  void theReadmeHasBothCommands() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(readme.contains("./chronoconf run"), "the command that runs the agent");
    assertTrue(readme.contains("mvn verify"), "the command that runs all tests");
    assertTrue(
        Files.readString(ROOT.resolve(".ci/run")).contains("mvn verify"),
        ".ci/run calls the README's test command");
  }

  @Test
  void glossaryLeavesExistInTheModels() throws IOException {
    String models = modelTexts().stream().collect(Collectors.joining("\n"));
    Set<String> unknown = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/glossary.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length < 6 || !cells[3].contains("`")) {
        continue;
      }
      Matcher leaf = CODE.matcher(cells[3]);
      while (leaf.find()) {
        String name = leaf.group(1).replaceFirst("^.*[:/]", "");
        if (!models.contains("leaf " + name + " ") && !models.contains("list " + name + " ")) {
          unknown.add(leaf.group(1));
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  private static List<String> modelTexts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".yang")) {
        texts.add(Files.readString(ROOT.resolve(file)));
      }
    }
    return texts;
  }

  private static String withoutBlocks(String text) {
    return text.replaceAll("(?s)```.*?```", "");
  }

  private static List<Path> documents() throws IOException {
    return files().stream()
        .filter(file -> file.toString().endsWith(".md"))
        .map(ROOT::resolve)
        .toList();
  }

  private static Set<String> sourceNames() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".java")) {
        names.add(file.getFileName().toString().replace(".java", ""));
        Matcher type =
            Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w+)")
                .matcher(Files.readString(ROOT.resolve(file)));
        while (type.find()) {
          names.add(type.group(1));
        }
      }
    }
    return names;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(ROOT)) {
      return tree.filter(Files::isRegularFile)
          .map(ROOT::relativize)
          .filter(path -> !path.toString().matches("(.*/)?(target|\\.git)/.*"))
          .toList();
    }
  }
}
