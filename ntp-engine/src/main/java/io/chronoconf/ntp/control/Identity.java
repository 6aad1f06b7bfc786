package io.chronoconf.ntp.control;

import java.util.regex.Pattern;

/// What this system says of itself to who asks.
///
/// @param version of this program, with its name
/// @param processor kind of processor
/// @param system operating system and its version
public record Identity(String version, String processor, String system) {
  private static final Pattern NOT_TO_BE_QUOTED = Pattern.compile("[^ !#-~]");
  private static final int MAX_LENGTH = 80;

  /// A system of which only the program's name is known. After the pattern, which it needs.
  public static final Identity UNKNOWN = new Identity("Chronoconf", "unknown", "unknown");

  /// Characters that a quoted value cannot hold become dots, and what is too long is cut.
  public Identity {
    version = quotable(version);
    processor = quotable(processor);
    system = quotable(system);
  }

  private static String quotable(String text) {
    String plain = NOT_TO_BE_QUOTED.matcher(text).replaceAll(".");
    return plain.substring(0, Math.min(plain.length(), MAX_LENGTH));
  }
}
