package io.chronoconf.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A process that was started by a test, with its output in a file.
final class RunningProgram implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final Path output;

  private RunningProgram(List<String> command, Process process, Path output) {
    this.command = command;
    this.process = process;
    this.output = output;
  }

  static RunningProgram start(List<String> command) throws IOException {
    Path output = Files.createTempFile("chronoconf-", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    return new RunningProgram(command, process, output);
  }

  /// Everything that it printed so far.
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /// Waits until what it printed satisfies the condition.
  ///
  /// @throws AssertionError with its output if it ends or the time is over before that
  String awaitOutput(Predicate<String> condition, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean isAlive = process.isAlive();
      String text = output();
      if (condition.test(text)) {
        return text;
      }
      if (!isAlive || System.nanoTime() > deadline) {
        throw new AssertionError(
            command
                + (isAlive ? " did not print what was awaited" : " ended early")
                + ":\n"
                + text);
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  /// Waits for its end and returns its exit status.
  int await(Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(command + " did not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as `kill -9` does.
  void kill() throws IOException {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /// Ends it as Ctrl-C does and returns its exit status.
  int interrupt() throws IOException {
    process.destroy();
    return await(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(output);
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
