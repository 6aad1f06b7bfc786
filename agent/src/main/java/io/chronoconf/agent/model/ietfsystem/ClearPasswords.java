package io.chronoconf.agent.model.ietfsystem;

import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditTree;
import java.security.SecureRandom;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;

/// Hashes passwords that arrive in clear text, so that nothing else ever sees them: RFC 7317 wants
/// `$0$PASSWORD` stored as a hash.
final class ClearPasswords {
  private static final String CLEAR = "$0$";
  private static final QName PASSWORD = SystemNodes.sys("password");

  private final SecureRandom random = new SecureRandom();

  /// The edit with hashes in place of clear texts; the very object that was given if it has none.
  EditTree hashed(EditTree edit) {
    return edit.mapLeaves(this::hashed);
  }

  private EditNode.Leaf hashed(EditNode.Leaf leaf) {
    if (leaf.schema().name().equals(PASSWORD)
        && leaf.value().orElse("") instanceof String text
        && text.startsWith(CLEAR)) {
      String hash = CryptHash.ofPassword(text.substring(CLEAR.length()), random);
      return new EditNode.Leaf(leaf.schema(), leaf.operation(), Optional.of(hash));
    }
    return leaf;
  }
}
