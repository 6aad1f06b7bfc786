package io.chronoconf.agent;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Time, level, message, and the reason if there is one: an event is one line, whatever a remote
/// side put into it. No stack trace is shown; the reason names the kind of failure.
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final int MAX_REASONS = 4;
  private static final int MAX_LENGTH = 1000;

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    IThrowableProxy reason = event.getThrowableProxy();
    for (int i = 0; reason != null && i < MAX_REASONS; i++) {
      String kind = reason.getClassName();
      text.append(": ").append(kind.substring(kind.lastIndexOf('.') + 1));
      if (reason.getMessage() != null) {
        text.append(" (").append(reason.getMessage()).append(')');
      }
      reason = reason.getCause();
    }
    return "%s %-5s %s%n"
        .formatted(
            TIME.format(Instant.ofEpochMilli(event.getTimeStamp())),
            event.getLevel(),
            oneLine(text));
  }

  private static String oneLine(CharSequence text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
