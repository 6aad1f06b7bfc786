package io.chronoconf.ntp.auth;

import io.chronoconf.ntp.access.PacketFacts;
import java.util.Arrays;
import java.util.function.Predicate;

/// A symmetric key and who may use it. Never tells its secret.
public final class AuthenticationKey {
  private final long id;
  private final MacAlgorithm algorithm;
  private final byte[] secret;
  private final boolean isTrusted;
  private final Predicate<PacketFacts> sources;

  /// @param id 1 to 2^32 - 1
  /// @param secret at least one octet; 16 for AES-CMAC; copied
  /// @param isTrusted untrusted keys prove nothing
  /// @param sources packets that may form associations with it; compared by equality when
  ///   configurations are
  public AuthenticationKey(
      long id,
      MacAlgorithm algorithm,
      byte[] secret,
      boolean isTrusted,
      Predicate<PacketFacts> sources) {
    if (id < 1 || id > 0xffffffffL || secret.length == 0) {
      throw new IllegalArgumentException("no key: " + id);
    }
    this.id = id;
    this.algorithm = algorithm;
    this.secret = secret.clone();
    this.isTrusted = isTrusted;
    this.sources = sources;
  }

  public long id() {
    return id;
  }

  public MacAlgorithm algorithm() {
    return algorithm;
  }

  public boolean isTrusted() {
    return isTrusted;
  }

  /// Whether associations with the sender of that packet may use it. Who merely asks for the time
  /// is not asked for this.
  public boolean admits(PacketFacts packet) {
    return sources.test(packet);
  }

  KeyedDigest digest() {
    return KeyedDigest.of(algorithm, secret);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthenticationKey key
        && id == key.id
        && algorithm == key.algorithm
        && isTrusted == key.isTrusted
        && sources.equals(key.sources)
        && Arrays.equals(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
