package io.chronoconf.datastore;

import io.chronoconf.datastore.error.RpcException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread on which datastores change.
final class WriterThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);

  /// What runs on the thread.
  interface Task {
    void run() throws RpcException;
  }

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("datastores").daemon(true).factory());

  /// Runs the task and waits for it, through interrupts: a session that is killed meanwhile must
  /// still learn what became of its change.
  ///
  /// @throws IllegalStateException if the datastores are closed
  void call(Task task) throws RpcException {
    Future<?> future;
    try {
      future =
          executor.submit(
              () -> {
                task.run();
                return null;
              });
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the datastores are closed", e);
    }
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          future.get();
          return;
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RpcException refusal(@Nullable Throwable cause) {
    return switch (cause) {
      case RpcException refusal -> refusal;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    };
  }

  /// Runs the task behind whatever is waiting, without anybody waiting for it.
  void later(Runnable task) {
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              LOG.error("A task behind a commit failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Closing: a task behind a commit is left out");
    }
  }

  boolean isClosed() {
    return executor.isShutdown();
  }

  @Override
  public void close() {
    executor.close();
  }
}
