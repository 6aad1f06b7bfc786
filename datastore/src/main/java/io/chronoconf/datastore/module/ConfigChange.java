package io.chronoconf.datastore.module;

import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A commit as a module sees it: the whole configuration before and after. Both are validated.
///
/// @param before running as it was; empty at start
/// @param after running as it will be
public record ConfigChange(ContainerNode before, ContainerNode after) {}
