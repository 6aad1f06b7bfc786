package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.operational.Origin;
import io.chronoconf.datastore.tree.Identities;
import java.util.EnumSet;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Which configuration is wanted by where it comes from (RFC 8526 section 3.1.1). An origin
/// descends from itself here.
///
/// @param wanted identities of which an origin has to descend; empty for any
/// @param unwanted identities of none of which it may descend
public record OriginFilter(Set<QName> wanted, Set<QName> unwanted) {
  private static final QName BASE = QName.create(Origin.INTENDED.identity(), "origin");

  public OriginFilter {
    wanted = Set.copyOf(wanted);
    unwanted = Set.copyOf(unwanted);
  }

  /// True if everything is wanted.
  public boolean isEmpty() {
    return wanted.isEmpty() && unwanted.isEmpty();
  }

  /// The origins that are wanted.
  public Set<Origin> admitted(EffectiveModelContext schema) {
    Set<Origin> admitted = EnumSet.noneOf(Origin.class);
    for (Origin origin : Origin.values()) {
      if ((wanted.isEmpty() || isAny(schema, origin, wanted)) && !isAny(schema, origin, unwanted)) {
        admitted.add(origin);
      }
    }
    return admitted;
  }

  private static boolean isAny(EffectiveModelContext schema, Origin origin, Set<QName> bases) {
    return bases.stream().anyMatch(base -> descends(schema, origin.identity(), base));
  }

  /// Whether an identity is one of origins.
  static boolean isOrigin(EffectiveModelContext schema, QName identity) {
    return descends(schema, identity, BASE) && !identity.equals(BASE);
  }

  private static boolean descends(EffectiveModelContext schema, QName identity, QName base) {
    return identity.equals(base)
        || Identities.find(schema, identity)
            .filter(found -> Identities.isDerived(found, base))
            .isPresent();
  }
}
