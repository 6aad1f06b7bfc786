package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.Identities;
import io.chronoconf.datastore.xpath.XPathEvaluator.Focus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;

/// The core functions of XPath 1.0 section 4 and those of RFC 7950 section 10, for one call.
final class XPathFunctions {
  private final XPathEvaluator evaluator;
  private final YangFunctionCallExpr call;
  private final Focus focus;

  XPathFunctions(XPathEvaluator evaluator, YangFunctionCallExpr call, Focus focus) {
    this.evaluator = evaluator;
    this.call = call;
    this.focus = focus;
  }

  Object call() {
    return switch (function()) {
      case TRUE -> true;
      case FALSE -> false;
      case NOT -> !XPathValues.toBoolean(argument(0));
      case BOOLEAN -> XPathValues.toBoolean(argument(0));
      case NUMBER -> XPathValues.toNumber(argumentOrContext());
      case STRING -> text();
      case FLOOR -> Math.floor(number(0));
      case CEILING -> Math.ceil(number(0));
      case ROUND -> Math.floor(number(0) + 0.5);
      case SUM -> nodes(0).stream().mapToDouble(n -> XPathValues.parse(n.text())).sum();
      case COUNT -> (double) nodes(0).size();
      case LAST -> (double) focus.size();
      case POSITION -> (double) focus.position();
      case ID -> List.of();
      case LANG -> false;
      case NAME -> name(node -> node.schema().modulePrefix() + ":" + local(node));
      case LOCAL_NAME -> name(XPathFunctions::local);
      case NAMESPACE_URI -> name(node -> node.schema().name().getNamespace().toString());
      case CONCAT -> concat();
      case CONTAINS -> text(0).contains(text(1));
      case STARTS_WITH -> text(0).startsWith(text(1));
      case STRING_LENGTH -> {
        String text = text();
        yield (double) text.codePointCount(0, text.length());
      }
      case NORMALIZE_SPACE -> text().strip().replaceAll("[ \\t\\r\\n]+", " ");
      case SUBSTRING -> substring();
      case SUBSTRING_AFTER -> {
        String text = text(0);
        String mark = text(1);
        yield text.contains(mark) ? text.substring(text.indexOf(mark) + mark.length()) : "";
      }
      case SUBSTRING_BEFORE -> text(0).substring(0, Math.max(text(0).indexOf(text(1)), 0));
      case TRANSLATE -> translate(text(0), text(1), text(2));
      case CURRENT -> List.of(evaluator.current());
      case DEREF -> {
        List<XPathNode> from = nodes(0);
        yield from.isEmpty()
            ? List.of()
            : focus.node().tree().references().targets(from.getFirst());
      }
      case DERIVED_FROM -> isDerived(false);
      case DERIVED_FROM_OR_SELF -> isDerived(true);
      case ENUM_VALUE -> enumValue();
      case BIT_IS_SET -> isBitSet();
      case RE_MATCH -> XsdPattern.matches(text(0), text(1));
    };
  }

  private YangFunction function() {
    for (YangFunction function : YangFunction.values()) {
      if (function.getIdentifier().equals(call.getName())) {
        return function;
      }
    }
    throw new XPathException(
        "there is no function "
            + call.getName().getLocalName()
            + "() in "
            + YangConstants.RFC6020_YANG_NAMESPACE);
  }

  private Object argument(int index) {
    List<YangExpr> arguments = call.getArguments();
    if (index >= arguments.size()) {
      throw new XPathException(
          call.getName().getLocalName() + "() needs more arguments than it was given");
    }
    return evaluator.value(arguments.get(index), focus);
  }

  private Object argumentOrContext() {
    return call.getArguments().isEmpty() ? List.of(focus.node()) : argument(0);
  }

  private String text() {
    return XPathValues.toText(argumentOrContext());
  }

  private String text(int index) {
    return XPathValues.toText(argument(index));
  }

  private double number(int index) {
    return XPathValues.toNumber(argument(index));
  }

  private List<XPathNode> nodes(int index) {
    return XPathValues.nodes(argument(index));
  }

  private static String local(XPathNode node) {
    return node.schema().name().getLocalName();
  }

  private String name(Function<XPathNode, String> part) {
    List<XPathNode> nodes = XPathValues.nodes(argumentOrContext());
    return nodes.isEmpty() || nodes.getFirst().parent().isEmpty()
        ? ""
        : part.apply(nodes.getFirst());
  }

  private String concat() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < call.getArguments().size(); i++) {
      all.append(text(i));
    }
    return all.toString();
  }

  /// Characters count from 1 and both numbers are rounded (XPath 1.0 section 4.2).
  private String substring() {
    int[] characters = text(0).codePoints().toArray();
    double from = Math.floor(number(1) + 0.5);
    double to =
        call.getArguments().size() > 2
            ? from + Math.floor(number(2) + 0.5)
            : Double.POSITIVE_INFINITY;
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      if (i + 1 >= from && i + 1 < to) {
        part.appendCodePoint(characters[i]);
      }
    }
    return part.toString();
  }

  private static String translate(String text, String from, String to) {
    int[] froms = from.codePoints().toArray();
    int[] tos = to.codePoints().toArray();
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int at = 0;
              while (at < froms.length && froms[at] != c) {
                at++;
              }
              if (at == froms.length) {
                result.appendCodePoint(c);
              } else if (at < tos.length) {
                result.appendCodePoint(tos[at]);
              }
            });
    return result.toString();
  }

  private boolean isDerived(boolean orSelf) {
    EffectiveModelContext context = focus.node().schema().context();
    Optional<QName> base = baseIdentity();
    if (base.isEmpty()) {
      return false;
    }
    for (XPathNode node : nodes(0)) {
      if (node.value().orElse("") instanceof QName value) {
        boolean isSelf = orSelf && value.equals(base.get());
        if (isSelf
            || Identities.find(context, value)
                .filter(identity -> Identities.isDerived(identity, base.get()))
                .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<QName> baseIdentity() {
    return call.getArguments().size() > 1
            && call.getArguments().get(1) instanceof YangQNameExpr.Resolved resolved
        ? Optional.of(resolved.getQName())
        : evaluator.identity(text(1));
  }

  private double enumValue() {
    List<XPathNode> nodes = nodes(0);
    if (!nodes.isEmpty()
        && nodes.getFirst().schema().yang() instanceof TypeAware typed
        && typed.getType() instanceof EnumTypeDefinition enumeration) {
      String text = nodes.getFirst().text();
      for (EnumTypeDefinition.EnumPair pair : enumeration.getValues()) {
        if (pair.getName().equals(text)) {
          return pair.getValue();
        }
      }
    }
    return Double.NaN;
  }

  private boolean isBitSet() {
    List<XPathNode> nodes = nodes(0);
    return !nodes.isEmpty()
        && nodes.getFirst().value().orElse("") instanceof Set<?> bits
        && bits.contains(text(1));
  }
}
