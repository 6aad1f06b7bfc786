package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.xpath.References;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.impl.codec.TypeDefinitionAwareCodec;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.RequireInstanceEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypedefEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// `require-instance` (RFC 7950 sections 9.9.3, 9.13.2 and 15.5): what a leafref or an
/// instance-identifier names must be there.
final class ReferenceCheck {
  private final References references;
  private final ErrorList errors;

  ReferenceCheck(References references, ErrorList errors) {
    this.references = references;
    this.errors = errors;
  }

  void check(XPathNode node) {
    TypeDefinition<?> type = ((TypeAware) node.schema().yang()).getType();
    try {
      if (!isSatisfied(node, type)) {
        errors.add(ErrorTag.DATA_MISSING, "instance-required", node.path(), message(node, type));
      }
    } catch (XPathException e) {
      errors.add(e, node.path(), "What this names cannot be looked up");
    }
  }

  private static String message(XPathNode node, TypeDefinition<?> type) {
    String name = node.schema().name().getLocalName();
    String paths =
        References.leafrefs(type).stream()
            .map(leafref -> leafref.getPathStatement().getOriginalString())
            .map(ConstraintText::oneLine)
            .collect(Collectors.joining(" or "));
    return paths.isEmpty()
        ? name + " names " + node.text() + ", which does not exist; create it or name another."
        : name
            + " names \""
            + node.text()
            + "\", but no "
            + paths
            + " has that value; create it or name one that exists.";
  }

  private boolean isSatisfied(XPathNode node, TypeDefinition<?> type) {
    return switch (type) {
      case LeafrefTypeDefinition leafref ->
          !leafref.requireInstance() || !references.targets(node, leafref).isEmpty();
      case InstanceIdentifierTypeDefinition _ ->
          !requiresInstance(node)
              || !(node.value().orElse("") instanceof YangInstanceIdentifier)
              || !references.targets(node).isEmpty();
      case UnionTypeDefinition union -> isSatisfied(node, union);
      default -> true;
    };
  }

  /// True unless the leaf's type statement, or that of a typedef behind it, says otherwise (RFC
  /// 7950 section 9.13.2). yangtools 14 loses the statement: its type says false either way.
  private static boolean requiresInstance(XPathNode node) {
    return !(node.schema().yang() instanceof EffectiveStatementEquivalent<?> leaf)
        || requiresInstance(node.schema().context(), leaf.asEffectiveStatement());
  }

  private static boolean requiresInstance(
      EffectiveModelContext context, EffectiveStatement<?, ?> leafOrTypedef) {
    TypeEffectiveStatement<?> type =
        leafOrTypedef.findFirstEffectiveSubstatement(TypeEffectiveStatement.class).orElse(null);
    if (type == null) {
      return true;
    }
    Optional<RequireInstanceEffectiveStatement> own =
        type.findFirstEffectiveSubstatement(RequireInstanceEffectiveStatement.class);
    if (own.isPresent()) {
      return own.get().argument();
    }
    return typedef(context, type.argument())
        .map(typedef -> requiresInstance(context, typedef))
        .orElse(true);
  }

  private static Optional<TypedefEffectiveStatement> typedef(
      EffectiveModelContext context, QName name) {
    return context
        .findModuleStatement(name.getModule())
        .flatMap(
            module ->
                module
                    .streamEffectiveSubstatements(TypedefEffectiveStatement.class)
                    .filter(typedef -> typedef.argument().equals(name))
                    .findFirst());
  }

  /// One member that takes the value is enough (RFC 7950 section 9.12).
  private boolean isSatisfied(XPathNode node, UnionTypeDefinition union) {
    if (References.leafrefs(union).isEmpty() && !CheckPlan.holdsPaths(union)) {
      return true;
    }
    for (TypeDefinition<?> member : union.getTypes()) {
      boolean takes =
          switch (member) {
            case LeafrefTypeDefinition _, UnionTypeDefinition _ -> isSatisfied(node, member);
            case InstanceIdentifierTypeDefinition _ ->
                node.value().orElse("") instanceof YangInstanceIdentifier
                    && isSatisfied(node, member);
            default -> isOf(node, member);
          };
      if (takes) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(XPathNode node, TypeDefinition<?> member) {
    TypeDefinitionAwareCodec<Object, ?> codec = TypeDefinitionAwareCodec.from(member);
    if (codec == null) {
      return true;
    }
    try {
      codec.deserialize(node.text());
      return true;
    } catch (RuntimeException e) {
      // The codecs refuse a text by several unchecked types.
      return false;
    }
  }
}
