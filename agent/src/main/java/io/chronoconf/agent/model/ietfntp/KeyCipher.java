package io.chronoconf.agent.model.ietfntp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.chronoconf.agent.statefile.FormatLine;
import io.chronoconf.datastore.tree.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts keys for the configuration: `$c$4$` and base64url of AES-256-GCM, under a key of this
/// device that lies in its state folder. The same key always becomes the same text, so that who
/// configures it again changes nothing. Any thread.
public final class KeyCipher {
  /// The file with this device's key, for its owner only: a line with its format and one with the
  /// key in hexadecimal. In version 1 it was the 32 octets and nothing else.
  static final String FILE = "key-encryption.key";

  private static final FormatLine FORMAT = new FormatLine("chronoconf-key-encryption", 2);

  private static final String MARK = "$c$4$";
  private static final int SECRET_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final byte[] secret;

  /// @param secret 32 octets
  KeyCipher(byte[] secret) {
    this.secret = secret;
  }

  /// Opens the device's key, and makes one if there is none yet.
  ///
  /// @throws IOException if the file cannot be read or written, is none of ours, or a newer agent's
  public static KeyCipher open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      byte[] fresh = new byte[SECRET_LENGTH];
      new SecureRandom().nextBytes(fresh);
      write(file, fresh);
    }
    byte[] content = Files.readAllBytes(file);
    if (content.length == SECRET_LENGTH) {
      write(file, content);
      return new KeyCipher(content);
    }
    return new KeyCipher(read(file, new String(content, ISO_8859_1)));
  }

  private static byte[] read(Path file, String content) throws IOException {
    if (FORMAT.versionOf(file, content) == FORMAT.version()) {
      String key = content.substring(FORMAT.text().length()).strip();
      if (key.matches("[0-9a-f]{" + 2 * SECRET_LENGTH + "}")) {
        return HexFormat.of().parseHex(key);
      }
    }
    throw new IOException(
        file
            + " holds no key of "
            + SECRET_LENGTH
            + " octets: bring back the file that was there; without it the NTP keys cannot be"
            + " read");
  }

  /// A crash leaves the old file or the new one.
  private static void write(Path file, byte[] key) throws IOException {
    FileAttribute<?>[] mine =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path draft = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(draft);
    Files.writeString(
        Files.createFile(draft, mine), FORMAT.text() + HexFormat.of().formatHex(key) + "\n");
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The text that stands for a key.
  public String encrypt(byte[] key) {
    try {
      byte[] nonce = Arrays.copyOf(hmac(key), NONCE_LENGTH);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(key);
      byte[] whole =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /// The key that a text stands for.
  ///
  /// @throws InvalidValueException if this device did not encrypt it
  public byte[] decrypt(String text) throws InvalidValueException {
    try {
      byte[] whole =
          text.startsWith(MARK)
              ? Base64.getUrlDecoder().decode(text.substring(MARK.length()))
              : new byte[0];
      if (whole.length > NONCE_LENGTH) {
        byte[] nonce = Arrays.copyOf(whole, NONCE_LENGTH);
        return cipher(Cipher.DECRYPT_MODE, nonce)
            .doFinal(whole, NONCE_LENGTH, whole.length - NONCE_LENGTH);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not ours; said below.
    }
    throw new InvalidValueException(
        "this device did not encrypt it; give the key itself as keystring or hexadecimal-string");
  }

  private byte[] hmac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(key);
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
