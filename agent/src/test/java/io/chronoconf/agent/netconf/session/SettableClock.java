package io.chronoconf.agent.netconf.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands where it is put.
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public SettableClock(String now) {
    this.now = new AtomicReference<>(Instant.parse(now));
  }

  public void set(String to) {
    now.set(Instant.parse(to));
  }

  @Override
  public Instant instant() {
    return Objects.requireNonNull(now.get());
  }
}
