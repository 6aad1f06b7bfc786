package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.filter.DataFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;

/// What a client asks for with establish-subscription or modify-subscription (RFC 8639 sections
/// 2.4.2 and 2.4.3, RFC 8641 section 4.4).
///
/// @param target of what
/// @param stop when it ends by itself
/// @param encoding empty for the one of the request
public record SubscriptionRequest(Target target, Optional<Instant> stop, Optional<QName> encoding) {

  /// What is subscribed to.
  public sealed interface Target {
    /// The events of a stream.
    ///
    /// @param name empty when a subscription is modified
    /// @param replayStart from when on past events are sent
    record Stream(
        Optional<String> name, Optional<Selection> selection, Optional<Instant> replayStart)
        implements Target {}

    /// The content of a datastore.
    ///
    /// @param name an identity
    record Datastore(QName name, Optional<Selection> selection, Optional<Trigger> trigger)
        implements Target {}
  }

  /// What of it.
  public sealed interface Selection {
    /// A filter that is configured.
    record Named(String name) implements Selection {}

    /// A filter of this subscription.
    ///
    /// @param expression as it was given, if it is one
    record Given(DataFilter filter, Optional<String> expression) implements Selection {}
  }

  /// When the content of a datastore is sent.
  public sealed interface Trigger {
    /// Again and again.
    ///
    /// @param anchor one of the times
    record Periodic(Duration period, Optional<Instant> anchor) implements Trigger {}

    /// When it changes.
    ///
    /// @param dampening shortest time between two updates
    /// @param syncOnStart whether all of it is sent first
    /// @param excluded operations of YANG Patch that are not told
    record OnChange(Duration dampening, boolean syncOnStart, Set<String> excluded)
        implements Trigger {
      public OnChange {
        excluded = Set.copyOf(excluded);
      }
    }
  }
}
