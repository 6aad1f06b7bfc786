package io.chronoconf.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the SVG of the plots fit for version control: the same picture is the same text, and a
/// tenth of the size.
final class CompactSvg {
  private static final Pattern LINES = Pattern.compile("(?:[ \\t]*<line [^>]*/>\\n?){2,}");
  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\""
              + " y2=\"([^\"]*)\"/>");
  private static final Pattern CLIP = Pattern.compile("clip\\d+");

  private CompactSvg() {}

  static String of(String svg) {
    // a tenth of a pixel is enough
    String rounded = svg.replaceAll("(\\d+\\.\\d)\\d+", "$1");
    String joined =
        LINES.matcher(rounded).replaceAll(run -> Matcher.quoteReplacement(join(run.group())));
    Map<String, String> names = new LinkedHashMap<>();
    return CLIP.matcher(joined)
        .replaceAll(
            clip -> names.computeIfAbsent(clip.group(), old -> "clip-" + (names.size() + 1)));
  }

  /// Lines of one style become one path, whose pieces hang together where they meet.
  private static String join(String lines) {
    StringBuilder paths = new StringBuilder();
    String style = "";
    String end = "";
    Matcher line = LINE.matcher(lines);
    while (line.find()) {
      if (!line.group(1).equals(style)) {
        style = line.group(1);
        paths.append(paths.isEmpty() ? "" : "\"/>\n").append("<path style=\"" + style + "\" d=\"");
        end = "";
      }
      String start = line.group(2) + "," + line.group(4);
      paths.append(start.equals(end) ? "" : "M" + start);
      end = line.group(3) + "," + line.group(5);
      paths.append("L").append(end);
    }
    return paths.append("\"/>\n").toString();
  }
}
