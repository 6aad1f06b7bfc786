package io.chronoconf.agent;

import io.chronoconf.agent.netconf.session.ReplyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Files of what is answered to payloads: paragraphs of a name and the answer.
final class Answers {
  private Answers() {}

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String paragraph : Files.readString(file).strip().split("\n\n+", -1)) {
        if (!paragraph.startsWith("#")) {
          String[] parts = paragraph.split("\n", 2);
          answers.put(parts[0], parts[1]);
        }
      }
    }
    return answers;
  }

  static Path write(Path file, Map<String, String> answers) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(
        file,
        answers.entrySet().stream()
            .map(answer -> answer.getKey() + "\n" + answer.getValue() + "\n")
            .collect(Collectors.joining("\n")));
  }

  /// The errors of a reply: type, tag, app-tag, what the tag says more and path on one line, the
  /// message on the next.
  static String text(String reply) {
    ReplyText text = new ReplyText(reply);
    String[] summaries = text.summary().split("; ", -1);
    String[] messages =
        Arrays.stream(reply.split("<error-message xml:lang=\"en\">"))
            .skip(1)
            .map(rest -> rest.substring(0, rest.indexOf("</error-message>")))
            .map(Answers::unescaped)
            .toArray(String[]::new);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < messages.length; i++) {
      lines.append(i == 0 ? "" : "\n").append("  ").append(summaries[i]);
      lines.append("\n  ").append(messages[i].replace("\n", "\\n"));
    }
    return lines.toString();
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
