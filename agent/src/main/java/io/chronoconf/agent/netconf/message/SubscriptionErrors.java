package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import java.time.Duration;
import java.util.List;

/// What subscriptions are refused for: the error-app-tag is the identity that says why (RFC 8640
/// section 7).
public final class SubscriptionErrors {
  private static final String NOTIFICATIONS = "ietf-subscribed-notifications:";
  private static final String PUSH = "ietf-yang-push:";
  private static final long CENTISECOND_MS = 10;

  private SubscriptionErrors() {}

  /// There is no such subscription, or it is not this session's.
  public static RpcException noSuchSubscription(long id) {
    return refusal(
        ErrorTag.INVALID_VALUE,
        NOTIFICATIONS + "no-such-subscription",
        "This session has no subscription " + id + ".");
  }

  /// The same for resync-subscription, which has an identity of its own.
  public static RpcException noSuchSubscriptionToResync(long id) {
    return refusal(
        ErrorTag.INVALID_VALUE,
        PUSH + "no-such-subscription-resync",
        "This session has no on-change subscription " + id + ".");
  }

  /// Only XML is spoken.
  public static RpcException encodingUnsupported(String encoding) {
    return refusal(
        ErrorTag.INVALID_VALUE,
        NOTIFICATIONS + "encoding-unsupported",
        "The encoding " + encoding + " is not supported: use encode-xml.");
  }

  /// The filter cannot be used.
  ///
  /// @param why a sentence
  public static RpcException filterUnsupported(String why) {
    return refusal(ErrorTag.INVALID_VALUE, NOTIFICATIONS + "filter-unsupported", why);
  }

  /// The session has too many subscriptions.
  ///
  /// @param most how many there may be
  public static RpcException insufficientResources(int most) {
    return refusal(
        ErrorTag.RESOURCE_DENIED,
        NOTIFICATIONS + "insufficient-resources",
        "A session may have %d subscriptions: delete one, or allow more with --max-subscriptions."
            .formatted(most));
  }

  /// There is no such datastore, or it cannot be subscribed to.
  ///
  /// @param datastore its name
  public static RpcException datastoreNotSubscribable(String datastore) {
    return refusal(
        ErrorTag.INVALID_VALUE,
        PUSH + "datastore-not-subscribable",
        "The datastore "
            + datastore
            + " cannot be subscribed to: use operational, running or another that is here.");
  }

  /// What is selected cannot change.
  public static RpcException unchangingSelection() {
    return refusal(
        ErrorTag.OPERATION_FAILED,
        PUSH + "unchanging-selection",
        "This datastore never changes: read it, or subscribe periodically.");
  }

  /// Updates would come too often.
  ///
  /// @param structure the element that holds the hint
  /// @param shortest what would do
  public static RpcException periodUnsupported(String structure, Duration shortest) {
    long hint = shortest.toMillis() / CENTISECOND_MS;
    Info period = new Info("period-hint", SubscriptionReader.PUSH, Long.toString(hint), List.of());
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.INVALID_VALUE,
            "The period is too short: give %d centiseconds or more.".formatted(hint))
        .withAppTag(PUSH + "period-unsupported")
        .withInfo(new Info(structure, SubscriptionReader.PUSH, "", List.of(period)))
        .asException();
  }

  private static RpcException refusal(ErrorTag tag, String appTag, String why) {
    return RpcError.of(ErrorType.APPLICATION, tag, why).withAppTag(appTag).asException();
  }
}
