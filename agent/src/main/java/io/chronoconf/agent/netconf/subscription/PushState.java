package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.datastore.change.TreeChange;
import io.chronoconf.datastore.change.TreeChanges;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// When a subscription to a datastore sends what. Changes are found by comparing what is there with
/// what was sent last, so that a slow reader gets fewer updates and misses nothing. Used by one
/// thread at a time; time is what it is told.
final class PushState {
  /// How often state, which nobody tells of, is looked at.
  static final Duration LOOK = Duration.ofMillis(500);

  /// A look that takes long is followed by a longer pause: it may take this part of the time.
  static final int LOOK_SHARE = 20;

  /// More changes than that are sent as the whole.
  static final int MAX_CHANGES = 10_000;

  /// What is sent.
  sealed interface Update {
    /// Everything that is selected.
    record Whole(ContainerNode content) implements Update {}

    /// What changed.
    ///
    /// @param number counts them
    record Changes(long number, List<TreeChange> changes) implements Update {}
  }

  private final NodeSchema root;
  private Supplier<ContainerNode> content;
  private Trigger trigger;
  // Of periodic subscriptions: the next update.
  private long dueNs;
  // Of the others: when to look by itself, and what dampening allows.
  private long lookNs;
  private long allowedNs;
  private long patches;
  private boolean isWholeDue;
  private boolean isChanged;
  private @Nullable ContainerNode sent;

  /// @param root the schema's root
  /// @param content what is selected, now
  PushState(
      NodeSchema root, Supplier<ContainerNode> content, Trigger trigger, Instant now, long nowNs) {
    this.root = root;
    this.content = content;
    this.trigger = trigger;
    this.dueNs = firstNs(trigger, now, nowNs);
    this.lookNs = nowNs;
    this.allowedNs = nowNs;
    this.isWholeDue = trigger instanceof Trigger.OnChange onChange && onChange.syncOnStart();
  }

  // Without an anchor periods count from the beginning, and the first update comes at once.
  private static long firstNs(Trigger trigger, Instant now, long nowNs) {
    if (!(trigger instanceof Trigger.Periodic(Duration period, Optional<Instant> anchor))
        || anchor.isEmpty()) {
      return nowNs;
    }
    long periodMs = period.toMillis();
    long sinceMs = Math.floorMod(Duration.between(anchor.get(), now).toMillis(), periodMs);
    return nowNs + Duration.ofMillis(sinceMs == 0 ? 0 : periodMs - sinceMs).toNanos();
  }

  /// Goes on with another selection and other times; the next update holds everything.
  void modify(Supplier<ContainerNode> content, Trigger trigger, Instant now, long nowNs) {
    this.content = content;
    this.trigger = trigger;
    this.dueNs = firstNs(trigger, now, nowNs);
    this.isWholeDue = true;
  }

  /// Sends everything with the next update.
  void resync() {
    isWholeDue = true;
  }

  /// Something changed that may have been selected.
  void changed() {
    isChanged = true;
  }

  /// Tells how long the last update took to make.
  ///
  /// @param tookNs in nanoseconds
  void took(long nowNs, long tookNs) {
    lookNs = Math.max(lookNs, nowNs + LOOK_SHARE * tookNs);
  }

  /// When to ask again, by the clock of [#next]'s argument.
  long wakeNs(long nowNs) {
    return switch (trigger) {
      case Trigger.Periodic _ -> dueNs;
      case Trigger.OnChange _ when isWholeDue -> nowNs;
      case Trigger.OnChange _ -> Math.max(allowedNs, isChanged ? nowNs : lookNs);
    };
  }

  /// What is to be sent now.
  ///
  /// @param nowNs a clock that only goes forward, in nanoseconds
  Optional<Update> next(long nowNs) {
    return switch (trigger) {
      case Trigger.Periodic periodic -> periodic(periodic, nowNs);
      case Trigger.OnChange onChange -> onChange(onChange, nowNs);
    };
  }

  private Optional<Update> periodic(Trigger.Periodic periodic, long nowNs) {
    if (nowNs - dueNs < 0) {
      return Optional.empty();
    }
    long periodNs = periodic.period().toNanos();
    // What could not be sent in time is left out.
    dueNs += ((nowNs - dueNs) / periodNs + 1) * periodNs;
    return Optional.of(new Update.Whole(content.get()));
  }

  private Optional<Update> onChange(Trigger.OnChange onChange, long nowNs) {
    if (isWholeDue) {
      return Optional.of(whole(onChange, content.get(), nowNs));
    }
    boolean isDue = isChanged || nowNs - lookNs >= 0;
    if (!isDue || nowNs - allowedNs < 0) {
      return Optional.empty();
    }
    isChanged = false;
    lookNs = nowNs + LOOK.toNanos();
    ContainerNode before = sent;
    ContainerNode now = content.get();
    sent = now;
    if (before == null) {
      return Optional.empty();
    }
    List<TreeChange> changes =
        TreeChanges.between(root, before, now).stream()
            .filter(change -> !onChange.excluded().contains(change.operation().wire()))
            .toList();
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    if (changes.size() > MAX_CHANGES) {
      return Optional.of(whole(onChange, now, nowNs));
    }
    allowedNs = nowNs + onChange.dampening().toNanos();
    return Optional.of(new Update.Changes(patches++, changes));
  }

  private Update whole(Trigger.OnChange onChange, ContainerNode now, long nowNs) {
    isWholeDue = false;
    isChanged = false;
    sent = now;
    lookNs = nowNs + LOOK.toNanos();
    allowedNs = nowNs + onChange.dampening().toNanos();
    return new Update.Whole(now);
  }
}
