package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.tree.DataPath;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What validation makes of a configuration.
///
/// @param config the configuration without the nodes whose `when` is false; the very object that
///   was given if there are none
/// @param errors why it may not run; empty if it may
/// @param lost the nodes without which it is that were there before
public record ValidatedConfig(ContainerNode config, List<RpcError> errors, List<DataPath> lost) {
  public ValidatedConfig {
    errors = List.copyOf(errors);
    lost = List.copyOf(lost);
  }
}
