package io.chronoconf.agent.ssh;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PrivateKeyEntryDecoder;
import org.apache.sshd.common.config.keys.PublicKeyEntryDecoder;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.apache.sshd.common.util.security.eddsa.generic.GenericEd25519PublicKeyDecoder;
import org.apache.sshd.common.util.security.eddsa.generic.GenericOpenSSHEd25519PrivateKeyEntryDecoder;
import org.apache.sshd.common.util.security.eddsa.generic.GenericSignatureEd25519;

/// Ed25519 by the JDK's own provider. SSHD as such wants a library beside it.
final class Ed25519Support implements EdDSASupport<EdECPublicKey, EdECPrivateKey> {
  private static final int KEY_BYTES = 32;
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  /// Makes SSHD use this. To be called before any other use of SSHD; again does no harm.
  static void register() {
    if (!SecurityUtils.isProviderRegistered(JdkRegistrar.NAME)) {
      SecurityUtils.registerSecurityProvider(new JdkRegistrar());
    }
  }

  private static final class JdkRegistrar extends AbstractSecurityProviderRegistrar {
    // SSHD asks by this name whether it can do Ed25519.
    static final String NAME = SecurityUtils.EDDSA;

    JdkRegistrar() {
      super(NAME);
    }

    @Override
    public boolean isSupported() {
      return true;
    }

    @Override
    public boolean isEnabled() {
      return true;
    }

    @Override
    public boolean isSecurityEntitySupported(Class<?> entity, String name) {
      // Everything else comes from the JDK without being asked of here.
      return false;
    }

    @Override
    public Provider getSecurityProvider() {
      return Security.getProvider("SunEC");
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(new Ed25519Support());
    }
  }

  @Override
  public PublicKeyEntryDecoder<EdECPublicKey, EdECPrivateKey> getEDDSAPublicKeyEntryDecoder() {
    return new GenericEd25519PublicKeyDecoder<>(EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public PrivateKeyEntryDecoder<EdECPublicKey, EdECPrivateKey>
      getOpenSSHEDDSAPrivateKeyEntryDecoder() {
    return new GenericOpenSSHEd25519PrivateKeyEntryDecoder<>(
        EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public Signature getEDDSASigner() {
    return new GenericSignatureEd25519("Ed25519");
  }

  @Override
  public int getEDDSAKeySize(Key key) {
    return key instanceof EdECPublicKey || key instanceof EdECPrivateKey ? KEY_SIZE : -1;
  }

  @Override
  public Class<EdECPublicKey> getEDDSAPublicKeyType() {
    return EdECPublicKey.class;
  }

  @Override
  public Class<EdECPrivateKey> getEDDSAPrivateKeyType() {
    return EdECPrivateKey.class;
  }

  @Override
  public boolean compareEDDSAPPublicKeys(PublicKey one, PublicKey other) {
    return one instanceof EdECPublicKey && one.equals(other);
  }

  @Override
  public boolean compareEDDSAPrivateKeys(PrivateKey one, PrivateKey other) {
    return one instanceof EdECPrivateKey && one.equals(other);
  }

  @Override
  public EdECPublicKey recoverEDDSAPublicKey(PrivateKey key) throws GeneralSecurityException {
    throw new GeneralSecurityException("host keys are kept with their public halves");
  }

  @Override
  public EdECPublicKey generateEDDSAPublicKey(byte[] data) throws GeneralSecurityException {
    KeySpec spec = new X509EncodedKeySpec(joined(PUBLIC_PREFIX, data));
    return (EdECPublicKey) KeyFactory.getInstance("Ed25519").generatePublic(spec);
  }

  @Override
  public EdECPrivateKey generateEDDSAPrivateKey(byte[] seed) throws GeneralSecurityException {
    KeySpec spec = new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, seed));
    return (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(spec);
  }

  private static byte[] joined(byte[] prefix, byte[] key) throws GeneralSecurityException {
    if (key.length != KEY_BYTES) {
      throw new GeneralSecurityException("an Ed25519 key has 32 bytes, not " + key.length);
    }
    byte[] both = Arrays.copyOf(prefix, prefix.length + KEY_BYTES);
    System.arraycopy(key, 0, both, prefix.length, KEY_BYTES);
    return both;
  }

  @Override
  public <B extends Buffer> B putRawEDDSAPublicKey(B buffer, PublicKey key) {
    buffer.putBytes(lastBytes(key));
    return buffer;
  }

  @Override
  public <B extends Buffer> B putEDDSAKeyPair(B buffer, PublicKey key, PrivateKey secret) {
    byte[] pair = Arrays.copyOf(lastBytes(secret), 2 * KEY_BYTES);
    byte[] open = lastBytes(key);
    System.arraycopy(open, 0, pair, KEY_BYTES, KEY_BYTES);
    buffer.putBytes(open);
    buffer.putBytes(pair);
    return buffer;
  }

  @Override
  public KeySpec createPublicKeySpec(EdECPublicKey key) {
    return new X509EncodedKeySpec(key.getEncoded());
  }

  @Override
  public KeySpec createPrivateKeySpec(EdECPrivateKey key) {
    return new PKCS8EncodedKeySpec(key.getEncoded());
  }

  @Override
  public byte[] getPublicKeyData(EdECPublicKey key) {
    return lastBytes(key);
  }

  @Override
  public byte[] getPrivateKeyData(EdECPrivateKey key) {
    return lastBytes(key);
  }

  // In both encodings the key itself comes last.
  private static byte[] lastBytes(Key key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
  }

  @Override
  public String getKeyFactoryAlgorithm() {
    return "Ed25519";
  }
}
