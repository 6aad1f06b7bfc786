package io.chronoconf.datastore.tree;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangNetconfError;
import org.opendaylight.yangtools.yang.data.api.YangNetconfErrorAware;
import org.opendaylight.yangtools.yang.data.impl.codec.TypeDefinitionAwareCodec;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// How one type is written. What depends on prefixes is ours, the rest is yangtools'.
sealed interface ValueFormat {
  Object parse(String text, PrefixResolver scope) throws InvalidValueException;

  /// The canonical text.
  ///
  /// @throws IllegalArgumentException if the value is not of this type
  String text(Object value, Prefixes prefixes);

  static ValueFormat of(NodeSchema leaf, TypeDefinition<?> type) {
    return switch (type) {
      case LeafrefTypeDefinition leafref -> of(leaf, LeafCodec.resolve(leaf, leafref));
      case IdentityrefTypeDefinition identity -> new Identity(leaf, identity);
      case InstanceIdentifierTypeDefinition _ -> new Instance(leaf.dataRoot());
      case BinaryTypeDefinition _ -> new Binary(plain(type));
      case UnionTypeDefinition union -> {
        List<ValueFormat> members = new ArrayList<>();
        for (TypeDefinition<?> member : union.getTypes()) {
          members.add(of(leaf, member));
        }
        yield new Union(union, List.copyOf(members));
      }
      case StringTypeDefinition _ when CanonicalForm.isXPath(type) -> new XPath(leaf, plain(type));
      case StringTypeDefinition _ ->
          CanonicalForm.of(type)
              .<ValueFormat>map(form -> new Canonical(plain(type), form))
              .orElseGet(() -> plain(type));
      default -> plain(type);
    };
  }

  /// Whether several texts mean the same value of this type, though it is kept as a string.
  default boolean hasSynonyms() {
    return false;
  }

  private static Plain plain(TypeDefinition<?> type) {
    return new Plain(type, TypeDefinitionAwareCodec.from(type));
  }

  /// Base64 (RFC 7950 section 9.8). yangtools skips what is none; we refuse it.
  record Binary(Plain plain) implements ValueFormat {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      String packed = SPACE.matcher(text).replaceAll("");
      if (packed.length() % 4 != 0 || !BASE64.matcher(packed).matches()) {
        throw new InvalidValueException("binary values are written in base64, with padding");
      }
      return plain.parse(packed, scope);
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      return plain.text(value, prefixes);
    }
  }

  /// Types whose text means the same everywhere.
  record Plain(TypeDefinition<?> type, TypeDefinitionAwareCodec<Object, ?> codec)
      implements ValueFormat {
    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      try {
        return codec.deserialize(type instanceof StringTypeDefinition ? text : text.strip());
      } catch (RuntimeException e) {
        // The codecs report by several unchecked types; a text from outside caused each of them.
        throw refusal(text, e);
      }
    }

    private InvalidValueException refusal(String text, RuntimeException e) {
      YangNetconfError error =
          e instanceof YangNetconfErrorAware aware
              ? Iterables.getFirst(aware.getNetconfErrors(), null)
              : null;
      return new InvalidValueException(
          ValueRefusal.of(type, text).orElseGet(() -> codecs(e)),
          error == null ? null : error.appTag());
    }

    /// yangtools explains lexical forms on further lines.
    private static String codecs(RuntimeException e) {
      return e.getMessage() == null
          ? "not a value of this type"
          : e.getMessage().lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      if (!codec.getInputClass().isInstance(value)) {
        throw new IllegalArgumentException(
            value.getClass().getSimpleName()
                + " given where "
                + codec.getInputClass().getSimpleName()
                + " is kept");
      }
      return codec.serialize(value);
    }
  }

  /// A string type that names one of several spellings the canonical one.
  record Canonical(Plain plain, CanonicalForm form) implements ValueFormat {
    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      return form.apply((String) plain.parse(text, scope));
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      return plain.text(value, prefixes);
    }

    @Override
    public boolean hasSynonyms() {
      return true;
    }
  }

  /// An XPath expression (RFC 6991 `xpath1.0`). The prefixes that it was written with are gone when
  /// it is read back, so it is kept with the names of modules in their place.
  record XPath(NodeSchema leaf, Plain plain) implements ValueFormat {
    // Literals are passed over; so are axes, whose colons come in pairs.
    private static final Pattern PREFIX =
        Pattern.compile("\"[^\"]*\"|'[^']*'|([A-Za-z_][A-Za-z0-9_.-]*):(?=[A-Za-z_*])");

    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      StringBuilder kept = new StringBuilder();
      Matcher matcher = PREFIX.matcher(text.strip());
      while (matcher.find()) {
        String prefix = matcher.group(1);
        String replacement = prefix == null ? matcher.group() : module(prefix, scope) + ":";
        matcher.appendReplacement(kept, Matcher.quoteReplacement(replacement));
      }
      return plain.parse(matcher.appendTail(kept).toString(), scope);
    }

    private String module(String prefix, PrefixResolver scope) throws InvalidValueException {
      String namespace = scope.namespace(prefix);
      if (namespace == null || namespace.isEmpty()) {
        throw new InvalidValueException(
            "prefix " + prefix + " is not bound to a namespace: declare it with xmlns:" + prefix);
      }
      return leaf.modules(namespace).stream()
          .findFirst()
          .orElseThrow(() -> new InvalidValueException("no module has the namespace " + namespace))
          .getName();
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      StringBuilder text = new StringBuilder();
      Matcher matcher = PREFIX.matcher(plain.text(value, prefixes));
      while (matcher.find()) {
        String module = matcher.group(1);
        String replacement = module == null ? matcher.group() : prefix(module, prefixes) + ":";
        matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
      }
      return matcher.appendTail(text).toString();
    }

    private String prefix(String module, Prefixes prefixes) {
      Module found =
          leaf.context().findModules(module).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no module is called " + module));
      String name = prefixes.name(QName.create(found.getQNameModule(), "x"));
      return name.substring(0, name.indexOf(':'));
    }
  }

  /// An identity: `prefix:name`, or a bare name in the default or the leaf's own namespace.
  record Identity(NodeSchema leaf, IdentityrefTypeDefinition type) implements ValueFormat {
    private static final int MAX_CHOICE = 16;

    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      String name = text.strip();
      int colon = name.indexOf(':');
      IdentitySchemaNode identity =
          (colon < 0 ? bare(name, scope) : prefixed(name, colon, scope))
              .orElseThrow(
                  () -> new InvalidValueException("no identity is called " + name + choice()));
      for (IdentitySchemaNode base : type.getIdentities()) {
        if (!Identities.isDerived(identity, base.getQName())) {
          throw new InvalidValueException(
              "identity "
                  + name
                  + " is not derived from "
                  + base.getQName().getLocalName()
                  + choice());
        }
      }
      return identity.getQName();
    }

    /// What there is to choose from, unless that is too much for a message.
    private String choice() {
      Prefixes prefixes = new Prefixes(leaf.context());
      List<String> names =
          leaf.context().getModules().stream()
              .flatMap(module -> module.getIdentities().stream())
              .filter(
                  identity ->
                      type.getIdentities().stream()
                          .allMatch(base -> isBelow(identity, base.getQName())))
              .map(identity -> prefixes.name(identity.getQName()))
              .sorted()
              .toList();
      return names.size() > MAX_CHOICE
          ? ": see the modules for those that are"
          : ": give " + ValueRefusal.oneOf(names.stream());
    }

    private static boolean isBelow(IdentitySchemaNode identity, QName base) {
      return !identity.getQName().equals(base) && Identities.isDerived(identity, base);
    }

    private Optional<IdentitySchemaNode> prefixed(String name, int colon, PrefixResolver scope)
        throws InvalidValueException {
      String prefix = name.substring(0, colon);
      String namespace = scope.namespace(prefix);
      if (namespace == null || namespace.isEmpty()) {
        throw new InvalidValueException(
            "prefix " + prefix + " is not bound to a namespace: declare it with xmlns:" + prefix);
      }
      return find(namespace, name.substring(colon + 1));
    }

    private Optional<IdentitySchemaNode> bare(String name, PrefixResolver scope) {
      String namespace = scope.namespace("");
      Optional<IdentitySchemaNode> found =
          namespace == null || namespace.isEmpty() ? Optional.empty() : find(namespace, name);
      return found.or(() -> find(leaf.name().getNamespace().toString(), name));
    }

    private Optional<IdentitySchemaNode> find(String namespace, String local) {
      for (Module module : leaf.modules(namespace)) {
        for (IdentitySchemaNode identity : module.getIdentities()) {
          if (identity.getQName().getLocalName().equals(local)) {
            return Optional.of(identity);
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      if (value instanceof QName name) {
        return prefixes.name(name);
      }
      throw new IllegalArgumentException("an identity is kept as a QName");
    }
  }

  /// A path to one instance.
  record Instance(NodeSchema root) implements ValueFormat {
    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      return new InstancePathReader(text.strip(), root, scope).read();
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      if (value instanceof YangInstanceIdentifier path) {
        return DataPath.of(root, path).xpath(prefixes);
      }
      throw new IllegalArgumentException("a path is kept as a YangInstanceIdentifier");
    }
  }

  /// The first member type that accepts the text decides (RFC 7950 section 9.12).
  record Union(UnionTypeDefinition type, List<ValueFormat> members) implements ValueFormat {
    @Override
    public boolean hasSynonyms() {
      return members.stream().anyMatch(ValueFormat::hasSynonyms);
    }

    @Override
    public Object parse(String text, PrefixResolver scope) throws InvalidValueException {
      Set<String> refusals = new LinkedHashSet<>();
      for (ValueFormat member : members) {
        try {
          return member.parse(text, scope);
        } catch (InvalidValueException e) {
          refusals.add(e.getMessage());
        }
      }
      throw new InvalidValueException(
          ValueRefusal.ofUnion(type, text).orElseGet(() -> String.join("; or ", refusals)));
    }

    @Override
    public String text(Object value, Prefixes prefixes) {
      IllegalArgumentException last =
          new IllegalArgumentException("no type of the union keeps " + value);
      for (ValueFormat member : members) {
        try {
          return member.text(value, prefixes);
        } catch (IllegalArgumentException e) {
          last = e;
        }
      }
      throw last;
    }
  }
}
