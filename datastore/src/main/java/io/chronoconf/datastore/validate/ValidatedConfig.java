package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.RpcError;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What validation makes of a configuration.
///
/// @param config the configuration without the nodes whose `when` is false; the very object that
///   was given if there are none
/// @param errors why it may not run; empty if it may
public record ValidatedConfig(ContainerNode config, List<RpcError> errors) {
  public ValidatedConfig {
    errors = List.copyOf(errors);
  }
}
