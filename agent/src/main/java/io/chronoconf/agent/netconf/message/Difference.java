package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.change.TreeChange;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// One edit that leads from one datastore towards another.
///
/// @param before the node as the first datastore has it
public record Difference(TreeChange change, Optional<NormalizedNode> before) {}
