package io.chronoconf.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.chronoconf.agent.cli.AgentOptions.LogLevel;
import java.util.List;
import org.slf4j.LoggerFactory;

/// One line per event on standard error. Logback finds this class as a service: reading a file of
/// its own format would take longer than the rest of the start.
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  /// Libraries that are talkative about every connection: a client that just goes away is worth a
  /// warning to them.
  private static final List<String> QUIET =
      List.of("org.apache.sshd", "io.netty", "org.opendaylight");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogLine layout = new LogLine();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    encoder.start();
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    // What fails here comes back as an exception, and is told in our own words.
    context.getLogger("org.apache.sshd.common.io").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Sets the least severe event that is logged.
  static void setLevel(LogLevel level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Level chosen = Level.toLevel(level.name());
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(chosen);
      Level quiet = level.compareTo(LogLevel.INFO) >= 0 ? Level.WARN : Level.ERROR;
      QUIET.forEach(name -> context.getLogger(name).setLevel(quiet));
    }
  }
}
