package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.tree.NodeSchema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Encrypts keys that arrive in clear text, so that nothing else ever sees them.
final class ClearKeys {
  private final KeyCipher cipher;

  ClearKeys(KeyCipher cipher) {
    this.cipher = cipher;
  }

  /// The edit with encrypted keys in place of clear ones; the very object that was given if it has
  /// none.
  EditTree encrypted(EditTree edit) {
    return edit.mapLeaves(this::encrypted);
  }

  private EditNode.Leaf encrypted(EditNode.Leaf leaf) {
    boolean isText = leaf.schema().name().equals(ntp("keystring"));
    if (!isText && !leaf.schema().name().equals(ntp("hexadecimal-string"))) {
      return leaf;
    }
    NodeSchema encrypted =
        leaf.schema().parent().orElseThrow().child(ccn("cipher-string")).orElseThrow();
    Optional<Object> value =
        leaf.value().map(String.class::cast).map(text -> cipher.encrypt(octets(text, isText)));
    return new EditNode.Leaf(encrypted, leaf.operation(), value);
  }

  private static byte[] octets(String text, boolean isText) {
    return isText
        ? text.getBytes(StandardCharsets.UTF_8)
        : HexFormat.ofDelimiter(":").parseHex(text);
  }
}
