package io.chronoconf.datastore.commit;

import java.time.Duration;
import java.util.Optional;

/// The parameters of commit (RFC 6241 section 8.4.5.1).
///
/// @param confirmation how long to wait for the confirming commit; empty if none is needed, which
///   also confirms a commit that waits
/// @param persist the token by which any session may confirm from now on
/// @param persistId the token of the confirmed commit that this one follows
public record CommitRequest(
    Optional<Duration> confirmation, Optional<String> persist, Optional<String> persistId) {
  /// RFC 6241's default for `confirm-timeout`.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  /// A commit without parameters.
  public static final CommitRequest PLAIN =
      new CommitRequest(Optional.empty(), Optional.empty(), Optional.empty());

  public CommitRequest {
    if (persist.isPresent() && confirmation.isEmpty()) {
      throw new IllegalArgumentException("only a commit that waits for another can persist");
    }
  }
}
