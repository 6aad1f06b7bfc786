package io.chronoconf.agent.ssh;

import io.chronoconf.agent.statefile.FormatLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys by which clients recognise this device: made at the first start, then kept. ECDSA and
/// Ed25519 are there at once; RSA, which takes long to make, follows in the background.
final class HostKeys implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Object WRITING = new Object();

  /// A file is this line and both keys; in version 1 it was the keys alone.
  private static final FormatLine FORMAT = new FormatLine("chronoconf-host-key", 2);

  /// One kind of key.
  private record Kind(String file, String algorithm, AlgorithmParameterSpec parameters) {
    KeyPair generate() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    }
  }

  private static final Kind ECDSA =
      new Kind("ssh_host_ecdsa_key", "EC", new ECGenParameterSpec("secp256r1"));
  private static final Kind ED25519 =
      new Kind("ssh_host_ed25519_key", "Ed25519", NamedParameterSpec.ED25519);
  private static final Kind RSA =
      new Kind(
          "ssh_host_rsa_key", "RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));

  private final Path folder;
  private final List<KeyPair> pairs = new CopyOnWriteArrayList<>();

  private boolean isClosed;

  private HostKeys(Path folder) {
    this.folder = folder;
  }

  /// Reads the keys of the folder, making those that are missing.
  ///
  /// @throws IOException if a file can be neither read nor written; the message names it
  static HostKeys open(Path folder) throws IOException {
    HostKeys keys = new HostKeys(folder);
    keys.add(ED25519);
    keys.add(ECDSA);
    if (Files.exists(folder.resolve(RSA.file()))) {
      keys.add(RSA);
    } else {
      Thread.ofPlatform().daemon().name("ssh-rsa-key").start(keys::addRsa);
    }
    return keys;
  }

  private void addRsa() {
    try {
      keep(RSA, RSA.generate());
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("There is no RSA host key, clients that know no other cannot connect.", e);
    }
  }

  /// Nothing is written any more after an agent has stopped: its folder may be another's by then.
  /// Of several listeners the first one's key counts.
  private void keep(Kind kind, KeyPair fresh) throws IOException, GeneralSecurityException {
    Path file = folder.resolve(kind.file());
    synchronized (WRITING) {
      if (isClosed) {
        return;
      }
      if (!Files.exists(file)) {
        save(file, fresh);
      }
      pairs.add(read(kind, file));
    }
  }

  @Override
  public void close() {
    synchronized (WRITING) {
      isClosed = true;
    }
  }

  /// The keys there are by now.
  List<KeyPair> pairs() {
    return List.copyOf(pairs);
  }

  private void add(Kind kind) throws IOException {
    Path file = folder.resolve(kind.file());
    try {
      if (Files.exists(file)) {
        pairs.add(read(kind, file));
      } else {
        keep(kind, kind.generate());
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file + " holds no usable host key: restore it, or remove it to have a new one made.", e);
    }
  }

  private static void save(Path file, KeyPair pair) throws IOException {
    String text =
        FORMAT.text()
            + block(PRIVATE, pair.getPrivate().getEncoded())
            + block(PUBLIC, pair.getPublic().getEncoded());
    // Never readable by others, not even while it is being written.
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static KeyPair read(Kind kind, Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file);
    int version = FORMAT.versionOf(file, text);
    KeyFactory factory = KeyFactory.getInstance(kind.algorithm());
    KeyPair pair =
        new KeyPair(
            factory.generatePublic(new X509EncodedKeySpec(unblock(PUBLIC, text))),
            factory.generatePrivate(new PKCS8EncodedKeySpec(unblock(PRIVATE, text))));
    if (version < FORMAT.version()) {
      save(file, pair);
    }
    return pair;
  }

  private static String block(String name, byte[] content) {
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + name
        + "-----\n";
  }

  private static byte[] unblock(String name, String text) {
    String begin = "-----BEGIN " + name + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + name + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no " + name);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }
}
