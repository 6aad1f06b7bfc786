package io.chronoconf.agent;

import io.chronoconf.agent.model.ietfsystem.NewPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// The first administrator, as the first configuration names him: with a random password, or with
/// the user's own public key.
sealed interface Administrator {
  /// The one user of a fresh agent.
  String NAME = "admin";

  /// With a random password.
  ///
  /// @param password shown once, stored as a hash
  record WithPassword(NewPassword password) implements Administrator {}

  /// With a public key.
  ///
  /// @param file where it was read from
  /// @param algorithm SSH name such as `ssh-ed25519`
  /// @param blob base 64
  record WithKey(Path file, String algorithm, String blob) implements Administrator {}

  /// The one to create.
  ///
  /// @throws StartException if the key file cannot be used
  static Administrator of(Optional<Path> keyFile) throws StartException {
    return keyFile.isPresent()
        ? PublicKeyFile.read(keyFile.get())
        : new WithPassword(NewPassword.random());
  }

  /// The content of his entry in `/system/authentication/user`, in XML.
  default String entry() {
    return switch (this) {
      case WithPassword(NewPassword password) ->
          "<name>%s</name><password>%s</password>".formatted(NAME, password.stored());
      case WithKey(Path _, String algorithm, String blob) ->
          "<name>%s</name><authorized-key><name>first</name><algorithm>%s</algorithm><key-data>%s</key-data></authorized-key>"
              .formatted(NAME, algorithm, blob);
    };
  }

  /// A public key as OpenSSH writes it: algorithm, base 64, comment.
  final class PublicKeyFile {
    private static final int MAX_BYTES = 16 * 1024;

    private PublicKeyFile() {}

    static WithKey read(Path file) throws StartException {
      try {
        String text = Files.size(file) > MAX_BYTES ? "" : Files.readString(file);
        String[] words = text.strip().split("\\s+", 3);
        if (words.length < 2 || !words[0].matches("[a-z0-9@.-]{1,64}") || !isBlob(words[1])) {
          throw new StartException(
              "option --admin-key: %s is no OpenSSH public key. Give a file that ends in .pub."
                  .formatted(file));
        }
        return new WithKey(file, words[0], words[1]);
      } catch (IOException e) {
        throw new StartException(
            "option --admin-key: %s cannot be read (%s). Check the name."
                .formatted(file, Reasons.of(e)),
            e);
      }
    }

    private static boolean isBlob(String text) {
      try {
        return Base64.getDecoder().decode(text).length > 0;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
