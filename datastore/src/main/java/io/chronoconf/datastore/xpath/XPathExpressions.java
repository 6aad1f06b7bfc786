package io.chronoconf.datastore.xpath;

import com.google.common.collect.ImmutableMap;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.PrefixResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.xpath.XPathExpressionException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.YangNamespaceContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathParserFactory;

/// Expressions that come from outside, such as a client's XPath filter (RFC 6241 section 8.9). Any
/// thread.
public final class XPathExpressions {
  /// Longest expression, in characters.
  public static final int MAX_LENGTH = 4096;

  /// How deep parentheses and predicates may be nested: the parser and the evaluation recurse.
  public static final int MAX_DEPTH = 32;

  private static final YangXPathParserFactory PARSERS =
      ServiceLoader.load(YangXPathParserFactory.class, XPathExpressions.class.getClassLoader())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("yang-xpath-impl is not on the class path"));

  private static final Pattern PREFIX =
      Pattern.compile("([\\p{L}_][\\p{L}\\p{M}\\p{N}._-]*+):(?!:)");

  private static final QNameModule NOWHERE = QNameModule.of("urn:chronoconf:no-namespace");

  private XPathExpressions() {}

  /// Parses an expression. A name without a prefix is refused: XPath has it in no namespace, where
  /// it selects nothing, and who wrote it meant something else. A prefix of a namespace that no
  /// module has is fine and selects nothing.
  ///
  /// @param root the schema
  /// @param prefixes the namespaces that were in scope where the expression stood, by prefix
  /// @throws XPathException if it is none, or is too long or too deep; the message says where
  public static YangXPathExpression parse(
      NodeSchema root, String expression, Map<String, String> prefixes) {
    checkSize(expression);
    YangXPathExpression parsed = parsed(root, expression, prefixes);
    Optional<String> name = UnprefixedName.in(parsed.getRootExpr());
    if (name.isPresent()) {
      throw new XPathException(unprefixed(root, name.get()));
    }
    return parsed;
  }

  private static String unprefixed(NodeSchema root, String name) {
    String namespace =
        root.children().stream()
            .filter(child -> child.name().getLocalName().equals(name))
            .findFirst()
            .map(child -> " xmlns:m=\"" + child.name().getNamespace() + "\"")
            .orElse(" a prefix such as m for its module's namespace");
    return "the name %s has no prefix, and without one it is in no namespace: declare%s and write m:%s"
        .formatted(name, namespace, name);
  }

  /// The prefixes that an expression may use, with the namespaces that are bound to them.
  public static Map<String, String> prefixes(String expression, PrefixResolver scope) {
    Map<String, String> bound = new HashMap<>();
    Matcher matcher = PREFIX.matcher(expression);
    while (matcher.find()) {
      String namespace = scope.namespace(matcher.group(1));
      if (namespace != null && !namespace.isEmpty()) {
        bound.put(matcher.group(1), namespace);
      }
    }
    return bound;
  }

  private static YangXPathExpression parsed(
      NodeSchema root, String expression, Map<String, String> prefixes) {
    try {
      // In parentheses, because the parser ignores what follows a complete expression.
      return PARSERS.newParser(context(root, prefixes)).parseExpression("(" + expression + "\n)");
    } catch (XPathExpressionException | RuntimeException e) {
      // The parser reports unknown prefixes and functions by several unchecked types.
      throw new XPathException("\"" + expression + "\" cannot be read: " + reason(e));
    } catch (StackOverflowError e) {
      throw new XPathException("the expression is too complicated; use several");
    }
  }

  private static void checkSize(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new XPathException("an expression may have " + MAX_LENGTH + " characters");
    }
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0 || c == '"' || c == '\'') {
        // Brackets in a literal are text; nothing in it is escaped.
        quote = quote == 0 ? c : quote == c ? 0 : quote;
        continue;
      }
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (depth > MAX_DEPTH) {
        throw new XPathException("an expression may be nested " + MAX_DEPTH + " deep");
      }
      if (depth < 0) {
        break;
      }
    }
    if (depth != 0) {
      throw new XPathException("\"" + expression + "\" cannot be read: a bracket is unmatched");
    }
  }

  private static YangNamespaceContext context(NodeSchema root, Map<String, String> prefixes) {
    ImmutableMap.Builder<String, QNameModule> modules = ImmutableMap.builder();
    prefixes.forEach(
        (prefix, namespace) -> {
          List<Module> found = root.modules(namespace);
          modules.put(
              prefix, found.isEmpty() ? foreign(namespace) : found.getFirst().getQNameModule());
        });
    return new Prefixes(modules.build());
  }

  private static QNameModule foreign(String namespace) {
    try {
      return QNameModule.of(namespace);
    } catch (IllegalArgumentException e) {
      return NOWHERE; // No URI, so no module's namespace either.
    }
  }

  /// What XML has in scope: several prefixes may stand for one namespace.
  private record Prefixes(ImmutableMap<String, QNameModule> modules)
      implements YangNamespaceContext {
    @Override
    public @Nullable QNameModule namespaceForPrefix(String prefix) {
      return modules.get(prefix);
    }

    @Override
    public @Nullable String prefixForNamespace(QNameModule namespace) {
      return modules.entrySet().stream()
          .filter(entry -> entry.getValue().equals(namespace))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage() == null ? e.toString() : cause.getMessage();
    // Without the names of classes and the list of all tokens that there are.
    return message.replaceFirst("^[A-Za-z.]+Exception: ", "").replaceFirst(" expecting \\{.*", "");
  }
}
