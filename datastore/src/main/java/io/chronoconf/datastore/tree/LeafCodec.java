package io.chronoconf.datastore.tree;

import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// Values of one leaf or leaf-list as text and back. Values are the objects that yangtools keeps in
/// trees: `String`, `Boolean`, `Uint8` and its kin, `Decimal64`, `Empty`, `byte[]`, a `Set<String>`
/// of bits, `QName` for an identity, [YangInstanceIdentifier]. Any thread.
public final class LeafCodec {
  private final NodeSchema leaf;
  private final ValueFormat format;

  private LeafCodec(NodeSchema leaf, ValueFormat format) {
    this.leaf = leaf;
    this.format = format;
  }

  static LeafCodec of(NodeSchema leaf) {
    if (leaf.yang() instanceof TypeAware typed) {
      return new LeafCodec(leaf, ValueFormat.of(leaf, typed.getType()));
    }
    throw new IllegalStateException(leaf + " has no value");
  }

  /// Reads a value, checking everything that its type says except the existence of what a leafref
  /// or instance-identifier points to.
  ///
  /// @param text as written; white space around anything but a string does not count
  /// @param scope the prefixes in scope there
  /// @throws InvalidValueException if the type refuses it
  public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
    return format.parse(text, scope);
  }

  /// The canonical text of a value.
  public ValueText text(Object value) {
    Prefixes prefixes = new Prefixes(leaf.context());
    String text = format.text(value, prefixes);
    Map<String, String> used = prefixes.used();
    return new ValueText(text, used);
  }

  /// The canonical text of a value that shares its prefixes with others.
  public String text(Object value, Prefixes prefixes) {
    return format.text(value, prefixes);
  }

  /// The value in the form in which trees keep it.
  ///
  /// @param value already in that form, or something whose text is that of the value: an `int` for
  ///   any integer type, an `Instant` for a date and time
  /// @throws IllegalArgumentException if the type refuses it
  public Object kept(Object value) {
    return isKept(value) ? value : parseOwn(value.toString());
  }

  private boolean isKept(Object value) {
    try {
      String _ = format.text(value, new Prefixes(leaf.context()));
      return !(value instanceof String) || !format.hasSynonyms();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private Object parseOwn(String text) {
    try {
      return format.parse(text, _ -> null);
    } catch (InvalidValueException e) {
      throw new IllegalArgumentException(
          leaf + " does not take " + text + ": " + e.getMessage(), e);
    }
  }

  /// What a leafref finally points to.
  static TypeDefinition<?> resolve(NodeSchema leaf, LeafrefTypeDefinition type) {
    return stackAt(leaf).resolveLeafref(type);
  }

  private static SchemaInferenceStack stackAt(NodeSchema node) {
    SchemaInferenceStack stack =
        node.parent()
            .map(LeafCodec::stackAt)
            .orElseGet(() -> SchemaInferenceStack.of(node.context()));
    if (node.rpc().isPresent()) {
      stack.enterSchemaTree(node.rpc().get());
      stack.enterSchemaTree(node.name());
    } else if (node.kind() != NodeSchema.Kind.ROOT) {
      QName name = node.name();
      stack.enterDataTree(name);
    }
    return stack;
  }
}
