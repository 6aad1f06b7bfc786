package io.chronoconf.agent.model.ietfsystem;

import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditTree;
import java.security.SecureRandom;
import java.util.List;
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
    List<EditNode> roots = edit.roots();
    List<EditNode> hashed = hashed(roots);
    return same(roots, hashed) ? edit : new EditTree(hashed);
  }

  private List<EditNode> hashed(List<EditNode> nodes) {
    return nodes.stream().map(this::hashed).toList();
  }

  private EditNode hashed(EditNode node) {
    return switch (node) {
      case EditNode.Leaf leaf -> hashed(leaf);
      case EditNode.Container at -> {
        List<EditNode> children = hashed(at.children());
        yield same(at.children(), children)
            ? at
            : new EditNode.Container(at.schema(), at.operation(), children);
      }
      case EditNode.Entry at -> {
        List<EditNode> children = hashed(at.children());
        yield same(at.children(), children)
            ? at
            : new EditNode.Entry(at.schema(), at.id(), at.operation(), at.insert(), children);
      }
      case EditNode.Item item -> item;
    };
  }

  private EditNode hashed(EditNode.Leaf leaf) {
    if (leaf.schema().name().equals(PASSWORD)
        && leaf.value().orElse("") instanceof String text
        && text.startsWith(CLEAR)) {
      String hash = CryptHash.ofPassword(text.substring(CLEAR.length()), random);
      return new EditNode.Leaf(leaf.schema(), leaf.operation(), Optional.of(hash));
    }
    return leaf;
  }

  @SuppressWarnings("ReferenceEquality") // What was not touched is the same object.
  private static boolean same(List<EditNode> before, List<EditNode> after) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != after.get(i)) {
        return false;
      }
    }
    return true;
  }
}
