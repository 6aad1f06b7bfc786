package io.chronoconf.agent;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.cli.UsageException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process. Exit status 0 after a clean end, 2 if it was asked for something that cannot be, 1
/// if it failed by a fault of its own.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      switch (CommandLine.parse(arguments)) {
        case CommandLine.Say(String text) -> System.out.println(text);
        case CommandLine.ResetAdmin reset -> System.out.println(AdminReset.run(reset));
        case CommandLine.Run(AgentOptions options) -> runUntilSignal(options);
      }
    } catch (UsageException | StartException e) {
      System.err.println("chronoconf: " + e.getMessage());
      System.exit(REFUSED);
    } catch (RuntimeException e) {
      LOG.debug("internal error", e);
      System.err.println("chronoconf: this is a fault of the program: " + e);
      System.exit(FAILED);
    }
  }

  private static void runUntilSignal(AgentOptions options)
      throws StartException, InterruptedException {
    LogConfigurator.setLevel(options.logLevel());
    Agent agent = Agent.start(options);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(agent)));
    System.out.println(agent.nextSteps());
    new CountDownLatch(1).await();
  }

  /// A signal is the ordinary way to end, so the exit status says that all went well; left to
  /// itself, Java would report the signal as a failure.
  private static void stop(Agent agent) {
    agent.close();
    System.out.println("chronoconf: stopped");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
