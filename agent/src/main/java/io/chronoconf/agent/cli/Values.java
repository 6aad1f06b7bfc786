package io.chronoconf.agent.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Texts to values. Each throws IllegalArgumentException that says what is wrong and what to write.
final class Values {
  private Values() {}

  static int number(String text, int least, int most, String meaning) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below covers it.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no %s. Give a whole number from %d to %d."
            .formatted(shown(text), meaning, least, most));
  }

  static int port(String text) {
    return number(text, 0, 65535, "port");
  }

  /// RFC 9249 `/ntp/port`: 123, or 1024 and above.
  static int ntpPort(String text) {
    int port = port(text);
    if (port != 123 && port < 1024) {
      throw new IllegalArgumentException(
          port + " is no NTP port. Give 123 (needs root) or a number from 1024 to 65535.");
    }
    return port;
  }

  static double real(String text, double magnitude, String meaning) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Math.abs(value) <= magnitude) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below covers it.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no %s. Give a number from %s to %s."
            .formatted(shown(text), meaning, plain(-magnitude), plain(magnitude)));
  }

  static boolean truth(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is neither true nor false. Write one of the two.".formatted(shown(text)));
    };
  }

  static <T extends Enum<T>> T word(String text, Class<T> type) {
    for (T constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "\"%s\" is unknown. Write one of: %s.".formatted(shown(text), known));
  }

  /// A literal: a name would have to be looked up before the clock is right.
  static InetAddress address(String text) {
    String literal = text.strip();
    try {
      if (literal.matches("[0-9]+(\\.[0-9]+){3}") || literal.contains(":")) {
        return InetAddress.getByName(literal);
      }
    } catch (UnknownHostException e) {
      // The message below covers it.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no IP address. Give one such as 127.0.0.1 or ::1.".formatted(shown(text)));
  }

  static String user(String text) {
    String name = text.strip();
    if (name.matches("[\\w.@-]{1,64}")) {
      return name;
    }
    throw new IllegalArgumentException(
        "\"%s\" is no user's name. Give one such as admin.".formatted(shown(text)));
  }

  static Path path(String text) {
    String name = text.strip();
    try {
      if (!name.isEmpty()) {
        return name.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), name.substring(2))
            : Path.of(name).toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      // The message below covers it.
    }
    throw new IllegalArgumentException(
        "\"%s\" is no path. Give one such as ~/chronoconf.".formatted(shown(text)));
  }

  /// A folder that is there.
  static Path folder(String text) {
    Path folder = path(text);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "there is no folder %s. Make it, or name another.".formatted(shown(folder.toString())));
    }
    return folder;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /// Nothing that could play tricks with a terminal, and not too much of it.
  private static String shown(String text) {
    String oneLine =
        text.codePoints()
            .limit(60)
            .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
            .collect(Collectors.joining());
    return text.length() > 60 ? oneLine + "..." : oneLine;
  }
}
