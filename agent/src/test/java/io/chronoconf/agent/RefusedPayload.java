package io.chronoconf.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An edit that is to be refused.
///
/// @param name what is wrong with it
/// @param content top-level elements
record RefusedPayload(String name, String content) {
  private static final String IETF = "urn:ietf:params:xml:ns:yang:ietf-";

  /// Those that payloads use.
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("nc", "urn:ietf:params:xml:ns:netconf:base:1.0"),
          Map.entry("yang", "urn:ietf:params:xml:ns:yang:1"),
          Map.entry("ntp", IETF + "ntp"),
          Map.entry("ni", IETF + "network-instance"),
          Map.entry("ip", IETF + "ip"),
          Map.entry("x509c2n", IETF + "x509-cert-to-name"),
          Map.entry("ianaift", "urn:ietf:params:xml:ns:yang:iana-if-type"),
          Map.entry("ccn", "urn:chronoconf:yang:ntp"),
          Map.entry("cct", "urn:chronoconf:yang:types"),
          Map.entry("ccc", "urn:chronoconf:yang:clock"),
          Map.entry("ccns", "urn:chronoconf:yang:netconf-server"),
          Map.entry("vpn", "urn:chronoconf:yang:vpn"));

  private static final Map<String, String> TOP_LEVEL =
      Map.of(
          "ntp", IETF + "ntp",
          "system", IETF + "system",
          "interfaces", IETF + "interfaces",
          "network-instances", IETF + "network-instance",
          "acls", IETF + "access-control-list",
          "nacm", IETF + "netconf-acm",
          "netconf-server", "urn:chronoconf:yang:netconf-server");

  private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\|(.*?)}(?!\\w)");

  /// The edit of the candidate, in which the prefixes of payloads are declared.
  static String edit(String content) {
    return "<edit-config><target><candidate/></target><config%s>%s</config></edit-config>"
        .formatted(
            PREFIXES.entrySet().stream()
                .map(one -> " xmlns:%s='%s'".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining()),
            content);
  }

  /// Paragraphs of a name, what libyang says, and the content of `/ntp`.
  static List<RefusedPayload> ofModels(Path file) throws IOException {
    return paragraphs(file).stream()
        .map(lines -> new RefusedPayload(lines.getFirst(), topLevel("/ntp " + lines.get(2))))
        .toList();
  }

  /// Paragraphs of a name and top-level content.
  ///
  /// @param fill puts in what is not known before
  static List<RefusedPayload> ofServer(Path file, UnaryOperator<String> fill) throws IOException {
    return paragraphs(file).stream()
        .map(
            lines ->
                new RefusedPayload(
                    lines.getFirst(),
                    lines.stream()
                        .skip(1)
                        .map(line -> fill.apply(repeated(topLevel(line))))
                        .collect(Collectors.joining())))
        .toList();
  }

  private static List<List<String>> paragraphs(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).strip().split("\n\n+"))
        .filter(paragraph -> !paragraph.startsWith("#"))
        .map(paragraph -> paragraph.lines().toList())
        .toList();
  }

  private static String topLevel(String line) {
    if (!line.startsWith("/")) {
      return line;
    }
    int end = line.indexOf(' ');
    String name = line.substring(1, end);
    return "<%s xmlns='%s'>%s</%s>"
        .formatted(name, TOP_LEVEL.get(name), line.substring(end + 1), name);
  }

  private static String repeated(String text) {
    return REPEATED.matcher(text).replaceAll(RefusedPayload::copies);
  }

  private static String copies(MatchResult found) {
    return IntStream.rangeClosed(1, Integer.parseInt(found.group(1)))
        .mapToObj(i -> Matcher.quoteReplacement(found.group(2).replace("#", Integer.toString(i))))
        .collect(Collectors.joining());
  }
}
