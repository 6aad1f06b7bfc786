package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpConfigReader.refusal;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;

/// The keys of the service to a [KeyRing]. Pure.
final class KeyReader {
  private static final int AES_KEY_OCTETS = 16;

  private static final Map<String, MacAlgorithm> ALGORITHMS =
      Map.of(
          "md5", MacAlgorithm.MD5,
          "sha-1", MacAlgorithm.SHA_1,
          "hmac-sha-1", MacAlgorithm.HMAC_SHA_1,
          "hmac-sha1-12", MacAlgorithm.HMAC_SHA1_12,
          "hmac-sha-256", MacAlgorithm.HMAC_SHA_256,
          "hmac-sha-384", MacAlgorithm.HMAC_SHA_384,
          "hmac-sha-512", MacAlgorithm.HMAC_SHA_512,
          "aes-cmac", MacAlgorithm.AES_CMAC);

  private final KeyCipher cipher;
  private final AclReader acls;

  KeyReader(KeyCipher cipher, AclReader acls) {
    this.cipher = cipher;
    this.acls = acls;
  }

  /// Who may form associations with a key. A list that does not exist keeps nobody out.
  private record Sources(Optional<AccessList> ipv4, Optional<AccessList> ipv6)
      implements Predicate<PacketFacts> {
    @Override
    public boolean test(PacketFacts packet) {
      return (packet.isIpv4() ? ipv4 : ipv6).map(list -> list.permits(packet)).orElse(true);
    }
  }

  /// @param ntp the container of the service
  /// @throws RpcException if this device did not encrypt a key, or a key has a length that its
  ///   algorithm does not take
  KeyRing read(ConfigCursor ntp) throws RpcException {
    Optional<ConfigCursor> authentication = ntp.container(ntp("authentication"));
    if (authentication.isEmpty()) {
      return KeyRing.NONE;
    }
    Map<Long, AuthenticationKey> keys = new HashMap<>();
    for (ConfigCursor entry : authentication.get().list(ntp("authentication-keys"))) {
      AuthenticationKey key = key(entry);
      keys.put(key.id(), key);
    }
    boolean isEnabled = authentication.get().leaf(ntp("auth-enabled"), Boolean.class).orElse(false);
    return new KeyRing(isEnabled, keys);
  }

  private AuthenticationKey key(ConfigCursor entry) throws RpcException {
    long id = entry.leaf(ntp("keyid"), Uint32.class).orElseThrow().toJava() & 0xffffffffL;
    String name = entry.leaf(ntp("algorithm"), QName.class).orElseThrow().getLocalName();
    MacAlgorithm algorithm = Optional.ofNullable(ALGORITHMS.get(name)).orElseThrow();
    byte[] secret = secret(id, entry);
    if (algorithm == MacAlgorithm.AES_CMAC && secret.length != AES_KEY_OCTETS) {
      throw refusal(
          "key-length",
          entry.path(ntp("key")),
          "Key %d has %d octets, and aes-cmac takes keys of 16 octets: give one of that length."
              .formatted(id, secret.length));
    }
    return new AuthenticationKey(
        id,
        algorithm,
        secret,
        entry.leaf(ntp("istrusted"), Boolean.class).orElse(false),
        new Sources(list(entry, "ipv4-acl"), list(entry, "ipv6-acl")));
  }

  private Optional<AccessList> list(ConfigCursor entry, String leaf) throws RpcException {
    Optional<String> name = entry.leaf(ccn(leaf), String.class);
    return name.isPresent() ? acls.list(name.get()) : Optional.empty();
  }

  private byte[] secret(long id, ConfigCursor entry) throws RpcException {
    String text =
        entry
            .container(ntp("key"))
            .flatMap(key -> key.leaf(ccn("cipher-string"), String.class))
            .orElseThrow();
    try {
      return cipher.decrypt(text);
    } catch (InvalidValueException e) {
      throw refusal(
          "cipher-string",
          entry.path(ntp("key")).child(ccn("cipher-string")),
          "The cipher-string of key %d cannot be read: %s.".formatted(id, e.getMessage()));
    }
  }
}
