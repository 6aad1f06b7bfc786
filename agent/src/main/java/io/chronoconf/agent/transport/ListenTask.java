package io.chronoconf.agent.transport;

import io.chronoconf.agent.transport.EndpointStatus.State;
import io.chronoconf.agent.transport.Transport.Listening;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on one address, as soon as that is possible. Any thread.
final class ListenTask implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenTask.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final String name;
  private final ListenConfig config;
  private final Transport transport;
  private final Pause pause;
  private final ReentrantLock lock = new ReentrantLock();
  // The next three are guarded by the lock.
  private @Nullable Listening listening;
  private Optional<String> lastError = Optional.empty();
  private boolean isClosed;

  /// @param name for the log
  ListenTask(String name, ListenConfig config, Transport transport, Pause pause) {
    this.name = name;
    this.config = config;
    this.transport = transport;
    this.pause = pause;
  }

  ListenConfig config() {
    return config;
  }

  /// Tries once.
  ///
  /// @return whether nothing is left to be tried
  boolean tryToListen() {
    lock.lock();
    try {
      if (isClosed || listening != null) {
        return true;
      }
      listening = transport.listen(config.address());
      lastError = Optional.empty();
      LOG.info("The endpoint {} listens on {}.", name, where(listening));
      return true;
    } catch (IOException e) {
      failed(CallHome.text(config.address()) + ": " + e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // Such as an address of a family that this host does not have.
      failed(CallHome.text(config.address()) + ": " + e);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void failed(String why) {
    if (!lastError.equals(Optional.of(why))) {
      LOG.warn("The endpoint {} cannot listen on {}. It is tried again.", name, why);
    }
    lastError = Optional.of(why);
  }

  /// Tries until it works or the thread is interrupted.
  @Override
  public void run() {
    try {
      do {
        pause.pause(RETRY);
      } while (!tryToListen());
    } catch (InterruptedException _) {
      LOG.debug("The endpoint {} is not tried any more.", name);
    }
  }

  EndpointStatus status() {
    lock.lock();
    try {
      return listening == null
          ? new EndpointStatus(State.FAILED, Optional.empty(), 0, lastError)
          : new EndpointStatus(State.LISTENING, Optional.of(where(listening)), 0, Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private String where(Listening there) {
    return CallHome.text(new InetSocketAddress(config.address().getAddress(), there.port()));
  }

  void close() {
    lock.lock();
    try {
      isClosed = true;
      if (listening != null) {
        listening.close();
        listening = null;
        LOG.info("The endpoint {} does not listen any more.", name);
      }
    } finally {
      lock.unlock();
    }
  }
}
