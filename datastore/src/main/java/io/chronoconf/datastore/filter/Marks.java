package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.operational.Origins;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// What is written beside the data itself.
///
/// @param defaults leaves and leaf-list values that are defaults (RFC 6243 section 3.4): the names
///   on the way to them, with keys and values, choices left out
/// @param origins where the configuration comes from (RFC 8342 section 5.3.4)
/// @param showsEmpty whether containers without presence and content are written
public record Marks(Set<List<PathArgument>> defaults, Origins origins, boolean showsEmpty) {
  /// The data alone.
  public static final Marks NONE = new Marks(Set.of(), Origins.NONE, false);
}
