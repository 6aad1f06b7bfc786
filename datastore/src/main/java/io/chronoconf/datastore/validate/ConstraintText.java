package io.chronoconf.datastore.validate;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.WhenEffectiveStatement;

/// The text of a condition as its module has it, on one line.
final class ConstraintText {
  private ConstraintText() {}

  static String of(MustDefinition must) {
    return text(must.asEffectiveStatement().getDeclared());
  }

  /// The text of the `when` of a statement that has one.
  static String of(WhenConditionAware aware) {
    return aware instanceof EffectiveStatementEquivalent<?> statement
        ? statement
            .asEffectiveStatement()
            .findFirstEffectiveSubstatement(WhenEffectiveStatement.class)
            .map(when -> text(when.getDeclared()))
            .orElse("")
        : "";
  }

  private static String text(@Nullable DeclaredStatement<?> declared) {
    return declared == null ? "" : oneLine(String.valueOf(declared.rawArgument()));
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
