package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ErrorAppTagStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ErrorMessageStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.MustStatement;
import org.opendaylight.yangtools.yang.model.spi.source.URLYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserConfiguration;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/// A client learns from an error what to do and programs can tell one error from another: each
/// `must` of ours has a message, a sentence, and an error-app-tag.
class MustStatementsTest {
  @Test
  void eachHasAMessageAndATag() throws IOException, YangParserException {
    List<String> lacking = new ArrayList<>();
    int count = 0;
    for (ModuleEffectiveStatement module : everything().getModuleStatements().values()) {
      if (module.argument().getLocalName().startsWith("chronoconf-")) {
        for (MustStatement must :
            musts(Objects.requireNonNull(module.getDeclared()), new ArrayList<>())) {
          count++;
          boolean hasTag =
              must.findFirstDeclaredSubstatement(ErrorAppTagStatement.class).isPresent();
          boolean hasSentence =
              must.findFirstDeclaredSubstatement(ErrorMessageStatement.class)
                  .filter(message -> message.argument().endsWith("."))
                  .isPresent();
          if (!hasTag || !hasSentence) {
            lacking.add(must.rawArgument());
          }
        }
      }
    }
    assertEquals(List.of(), lacking);
    assertTrue(count > 20, "found only " + count);
  }

  /// All modules with all features, and nothing left out.
  private static EffectiveModelContext everything() throws IOException, YangParserException {
    YangParser parser =
        ServiceLoader.load(YangParserFactory.class)
            .findFirst()
            .orElseThrow()
            .createParser(YangParserConfiguration.DEFAULT);
    for (ModuleEntry module : YangSchema.load().modules()) {
      if (!module.name().equals("chronoconf-not-yet")) {
        parser.addSource(
            new URLYangTextSource(
                YangSchema.class.getResource("/META-INF/yang/" + module.fileName())));
      }
    }
    return parser.buildEffectiveModel();
  }

  private static List<MustStatement> musts(DeclaredStatement<?> from, List<MustStatement> found) {
    if (from instanceof MustStatement must) {
      found.add(must);
    }
    from.declaredSubstatements().forEach(inner -> musts(inner, found));
    return found;
  }
}
