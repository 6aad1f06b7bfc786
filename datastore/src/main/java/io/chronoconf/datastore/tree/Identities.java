package io.chronoconf.datastore.tree;

import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;

/// How identities descend from each other (RFC 7950 section 7.18.2).
public final class Identities {
  private Identities() {}

  /// The identity of that name.
  public static Optional<? extends IdentitySchemaNode> find(
      EffectiveModelContext context, QName name) {
    return context
        .findModule(name.getModule())
        .flatMap(
            module ->
                module.getIdentities().stream()
                    .filter(identity -> identity.getQName().equals(name))
                    .findFirst());
  }

  /// Whether an identity descends from a base, over any number of generations; none descends from
  /// itself.
  public static boolean isDerived(IdentitySchemaNode identity, QName base) {
    return identity.getBaseIdentities().stream()
        .anyMatch(parent -> parent.getQName().equals(base) || isDerived(parent, base));
  }
}
