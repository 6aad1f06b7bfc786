package io.chronoconf.agent.cli;

import java.util.ArrayList;
import java.util.List;

/// The text of `--help`.
final class HelpText {
  private static final int COLUMN = 34;
  private static final int WIDTH = 100;

  private static final String HEAD =
      """
      chronoconf: a time synchronization agent that is managed over NETCONF

      Usage:
        chronoconf [run] [OPTION]...          run the agent; Ctrl-C stops it
        chronoconf reset-admin [OPTION]...    give the administrator a new password, or
                                              the key of --admin-key (the agent must not be
                                              running)

      Options, with their defaults in brackets:
      """;

  private static final String TAIL =
      """

      The file that --config names holds the same settings, each in the element that stands behind
      its option below; an option beats the file:

        <chronoconf>
          <netconf><address>127.0.0.1</address><port>8830</port></netconf>
          <state-folder>/var/lib/chronoconf</state-folder>
        </chronoconf>

      """;

  private HelpText() {}

  static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    line(text, "--config FILE", "read settings from this file");
    for (Setting setting : Setting.values()) {
      line(text, withArgument(setting), setting.description());
    }
    line(text, "--version", "print the version");
    line(text, "--help", "print this text");
    text.append(TAIL);
    for (Setting setting : Setting.values()) {
      text.append("  ").append(setting.option());
      text.append(" ".repeat(COLUMN - 2 - setting.option().length()));
      text.append(setting.element()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String withArgument(Setting setting) {
    return setting.isSwitch() ? setting.option() : setting.option() + " " + setting.argument();
  }

  private static void line(StringBuilder text, String option, String description) {
    String left = "  " + option;
    for (String part : wrapped(description)) {
      text.append(left).append(" ".repeat(Math.max(1, COLUMN - left.length())));
      text.append(part).append('\n');
      left = "";
    }
  }

  private static List<String> wrapped(String description) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : description.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH - COLUMN) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
