package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.xpath.References;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.impl.codec.TypeDefinitionAwareCodec;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.stmt.RequireInstanceStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeStatement;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// `require-instance` (RFC 7950 sections 9.9.3, 9.13.2 and 15.5): what a leafref or an
/// instance-identifier names must be there.
final class ReferenceCheck {
  private final References references;
  private final List<RpcError> errors;

  ReferenceCheck(References references, List<RpcError> errors) {
    this.references = references;
    this.errors = errors;
  }

  void check(XPathNode node) {
    TypeDefinition<?> type = ((TypeAware) node.schema().yang()).getType();
    try {
      if (!isSatisfied(node, type)) {
        errors.add(
            error(
                    ErrorTag.DATA_MISSING,
                    node.text() + " does not exist; create it or name one that exists.",
                    node)
                .withAppTag("instance-required"));
      }
    } catch (XPathException e) {
      errors.add(
          error(
              ErrorTag.OPERATION_FAILED,
              "What this names cannot be looked up: " + e.getMessage() + ".",
              node));
    }
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

  /// True unless the leaf's own type statement says otherwise (RFC 7950 section 9.9.3). yangtools
  /// 14 loses the statement: its type says false either way.
  private static boolean requiresInstance(XPathNode node) {
    if (!(node.schema().yang() instanceof EffectiveStatementEquivalent<?> leaf)
        || leaf.asEffectiveStatement().getDeclared() == null) {
      return true;
    }
    return leaf.asEffectiveStatement()
        .getDeclared()
        .findFirstDeclaredSubstatement(TypeStatement.class)
        .flatMap(type -> type.findFirstDeclaredSubstatement(RequireInstanceStatement.class))
        .map(RequireInstanceStatement::argument)
        .orElse(true);
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

  private static RpcError error(ErrorTag tag, String message, XPathNode node) {
    return RpcError.of(ErrorType.APPLICATION, tag, message).withPath(node.path().errorPath());
  }
}
