package io.chronoconf.ntp.auth;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The keys, and whether authentication is on at all. Immutable.
///
/// @param isEnabled `auth-enabled` of RFC 9249
/// @param keys by identifier
public record KeyRing(boolean isEnabled, Map<Long, AuthenticationKey> keys) {
  /// No keys, and authentication off.
  public static final KeyRing NONE = new KeyRing(false, Map.of());

  public KeyRing {
    keys = Map.copyOf(keys);
  }

  /// A key that proves something.
  public Optional<AuthenticationKey> trusted(long id) {
    return Optional.ofNullable(keys.get(id)).filter(AuthenticationKey::isTrusted);
  }

  /// The key that packets of an association are sealed with: if authentication is on, the
  /// association has a key, and the key is trusted.
  public Optional<AuthenticationKey> sealing(OptionalLong keyId) {
    return isEnabled && keyId.isPresent() ? trusted(keyId.getAsLong()) : Optional.empty();
  }
}
