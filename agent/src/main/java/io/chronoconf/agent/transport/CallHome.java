package io.chronoconf.agent.transport;

import io.chronoconf.agent.transport.EndpointStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls one client home and keeps at it (RFC 8071 section 3.1; the reconnect strategies of the
/// netconf-server model): tries the endpoints one after the other, waits longer after each round in
/// vain, and calls again when a connection has ended. [#run] is a thread of its own, ended by
/// interrupting it; [#status] may be called by any.
final class CallHome implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CallHome.class);
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final CallHomeConfig config;
  private final Transport transport;
  private final Pause pause;
  private final LongSupplier nanoClock;
  private final BackOff backOff;
  private int endpoint;
  private volatile boolean isStopped;
  private volatile EndpointStatus status =
      new EndpointStatus(State.CONNECTING, Optional.empty(), 0, Optional.empty());

  /// @param name for the log
  /// @param nanoClock a clock that only goes forward, in nanoseconds
  CallHome(
      String name,
      CallHomeConfig config,
      Transport transport,
      Pause pause,
      LongSupplier nanoClock,
      RandomGenerator chance) {
    this.name = name;
    this.config = config;
    this.transport = transport;
    this.pause = pause;
    this.nanoClock = nanoClock;
    this.backOff = new BackOff(config.maxWait(), chance);
  }

  EndpointStatus status() {
    return status;
  }

  @Override
  public void run() {
    try {
      while (!isStopped) {
        long beganNs = nanoClock.getAsLong();
        boolean wasUsed = round();
        waitAfter(wasUsed, Duration.ofNanos(nanoClock.getAsLong() - beganNs));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    LOG.info("The client {} is not called any more.", name);
  }

  /// Makes [#run] return, which closes the connection if there is one.
  ///
  /// @param running the thread that is in it
  void stop(Thread running) {
    isStopped = true;
    running.interrupt();
  }

  /// Tries every endpoint until a client logs in, and stays with that connection until it ends.
  ///
  /// @return whether there was one
  private boolean round() throws InterruptedException {
    if (!config.startsWithLast()) {
      endpoint = 0;
    }
    for (int tries = 0; tries < config.endpoints().size(); tries++) {
      InetSocketAddress address = config.endpoints().get(endpoint);
      set(State.CONNECTING, Optional.empty(), status.lastError());
      try (Transport.Call call = transport.call(resolved(address), CONNECT_PATIENCE)) {
        connected(address);
        if (call.awaitEnd()) {
          LOG.info("The connection to the client {} has ended.", name);
          return true;
        }
        failed(text(address) + ": the client has not logged in");
      } catch (IOException e) {
        if (isStopped) {
          return false;
        }
        LOG.debug("Calling the client {} at {} failed", name, address, e);
        failed(text(address) + ": " + e.getMessage());
      } catch (RuntimeException e) {
        // Such as an address of a family that this host does not have.
        LOG.debug("Calling the client {} at {} failed", name, address, e);
        failed(text(address) + ": " + e);
      }
      endpoint = (endpoint + 1) % config.endpoints().size();
    }
    return false;
  }

  private void waitAfter(boolean wasUsed, Duration took) throws InterruptedException {
    set(State.WAITING, Optional.empty(), status.lastError());
    if (!wasUsed) {
      pause.pause(backOff.next());
      return;
    }
    backOff.reset();
    Duration rest = config.period().map(period -> period.minus(took)).orElse(Duration.ZERO);
    pause.pause(rest.isPositive() ? rest : backOff.next());
  }

  private static InetSocketAddress resolved(InetSocketAddress address) throws IOException {
    return address.isUnresolved()
        ? new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort())
        : address;
  }

  private void connected(InetSocketAddress address) {
    LOG.info("The client {} is connected at {}.", name, text(address));
    status =
        new EndpointStatus(
            State.CONNECTED,
            Optional.of(text(address)),
            status.connections() + 1,
            Optional.empty());
  }

  // Only what is new is logged: tries go on for ever.
  private void failed(String why) {
    if (!status.lastError().equals(Optional.of(why))) {
      LOG.warn("The client {} could not be called at {}. It is tried again.", name, why);
    }
    set(State.WAITING, Optional.empty(), Optional.of(why));
  }

  private void set(State state, Optional<String> where, Optional<String> lastError) {
    status = new EndpointStatus(state, where, status.connections(), lastError);
  }

  static String text(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
