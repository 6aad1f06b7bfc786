package io.chronoconf.datastore.validate;

import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.stmt.MustStatement;

/// The text of a `must` as its module has it.
final class ConstraintText {
  private ConstraintText() {}

  static String of(MustDefinition must) {
    MustStatement declared = must.asEffectiveStatement().getDeclared();
    return declared == null ? must.getXpath().toString() : String.valueOf(declared.rawArgument());
  }
}
