package io.chronoconf.agent.model.ietfsystem;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The users of `/system/authentication`, at one commit.
///
/// @param byName each user under its name
public record LocalUsers(Map<String, User> byName) {
  /// Nobody.
  public static final LocalUsers NONE = new LocalUsers(Map.of());

  /// Checked in place of an absent password, so that the time taken does not tell who exists.
  /// Nothing is known to hash to it, and if something did, it would open nothing.
  private static final String NOBODY =
      "$6$kVrAl0KmM9B5hC2x$Qd7h1wBz0C8sT6gYk2Jt5mPvNq4RfXy3LzEa9UoSiWcVjKbDhGnMeFpTxOyIu1Zr7AsH8"
          + "lQ0dWcBv2NgXm4K.";

  public LocalUsers {
    byName = Map.copyOf(byName);
  }

  /// One user.
  ///
  /// @param password `crypt-hash`; empty if the user has none
  /// @param keys public keys
  public record User(Optional<String> password, List<AuthorizedKey> keys) {
    public User {
      keys = List.copyOf(keys);
    }
  }

  /// One public key.
  ///
  /// @param algorithm SSH name such as `ssh-ed25519`
  /// @param blob the key as SSH writes it (RFC 4253 section 6.6), in base 64
  public record AuthorizedKey(String algorithm, String blob) {}

  /// Whether this is the user's password. Takes as long for users that do not exist.
  public boolean hasPassword(String name, String password) {
    User user = byName.get(name);
    Optional<String> stored = user == null ? Optional.empty() : user.password();
    boolean matches = CryptHash.matches(stored.orElse(NOBODY), password);
    return matches && stored.isPresent();
  }

  /// The user's public keys; none for an unknown user.
  public List<AuthorizedKey> keys(String name) {
    User user = byName.get(name);
    return user == null ? List.of() : user.keys();
  }
}
