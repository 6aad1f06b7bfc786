package io.chronoconf.datastore.xpath;

import com.google.common.collect.ImmutableMap;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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

  private XPathExpressions() {}

  /// Parses an expression. A name without a prefix stands for that name in any namespace.
  ///
  /// @param root the schema
  /// @param prefixes the namespaces that were in scope where the expression stood, by prefix
  /// @throws XPathException if it is none, or is too long or too deep; the message says where
  public static YangXPathExpression parse(
      NodeSchema root, String expression, Map<String, String> prefixes) {
    checkSize(expression);
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
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (depth > MAX_DEPTH) {
        throw new XPathException("an expression may be nested " + MAX_DEPTH + " deep");
      }
      if (depth < 0) {
        throw new XPathException("\"" + expression + "\" cannot be read: a bracket is unmatched");
      }
    }
  }

  private static YangNamespaceContext context(NodeSchema root, Map<String, String> prefixes) {
    ImmutableMap.Builder<String, QNameModule> modules = ImmutableMap.builder();
    prefixes.forEach(
        (prefix, namespace) -> {
          List<Module> found = root.modules(namespace);
          if (!found.isEmpty()) {
            modules.put(prefix, found.getFirst().getQNameModule());
          }
        });
    return new Prefixes(modules.build());
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
    return cause.getMessage() == null ? e.toString() : String.valueOf(cause.getMessage());
  }
}
