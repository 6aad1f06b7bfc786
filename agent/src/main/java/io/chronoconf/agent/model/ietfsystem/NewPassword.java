package io.chronoconf.agent.model.ietfsystem;

import java.security.SecureRandom;

/// A random password, to be shown once.
///
/// @param clear what the user types
/// @param stored what the configuration holds
public record NewPassword(String clear, String stored) {
  /// No letters or digits that are taken for one another.
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 5;

  /// A password of 100 random bits.
  public static NewPassword random() {
    SecureRandom random = new SecureRandom();
    StringBuilder clear = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        clear.append('-');
      }
      clear.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new NewPassword(clear.toString(), CryptHash.ofPassword(clear.toString(), random));
  }
}
