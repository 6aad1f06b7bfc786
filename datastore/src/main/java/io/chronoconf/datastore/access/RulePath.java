package io.chronoconf.datastore.access;

import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.Module;

/// The path of a data-node rule: an instance-identifier from which keys may be left out (RFC 8341
/// typedef `node-instance-identifier`). It speaks of the nodes that it names and of all below them;
/// `/` speaks of everything.
record RulePath(List<Step> steps) {
  private static final Pattern STEP = Pattern.compile("/([\\w.-]+):([\\w.-]+)");
  private static final Pattern PREDICATE =
      Pattern.compile(
          "\\[\\s*(?:([\\w.-]+):)?([\\w.-]+|\\.)\\s*=\\s*(\"[^\"]*\"|'[^']*'|\\$USER)\\s*\\]");

  /// Whether a path speaks of a node.
  enum Match {
    NO,
    /// Of some of its instances.
    SOME,
    YES
  }

  /// One node.
  ///
  /// @param keys wanted values of keys; that of a leaf-list under its own name
  /// @param usersOwn keys whose value is the name of the user who asks
  record Step(NodeSchema schema, Map<QName, Object> keys, List<QName> usersOwn) {
    boolean isConditional() {
      return !keys.isEmpty() || !usersOwn.isEmpty();
    }

    boolean accepts(PathArgument id, String user) {
      return keys.entrySet().stream().allMatch(k -> k.getValue().equals(value(id, k.getKey())))
          && usersOwn.stream().allMatch(k -> user.equals(value(id, k)));
    }

    private static Object value(PathArgument id, QName key) {
      return switch (id) {
        case NodeIdentifierWithPredicates keys ->
            Optional.ofNullable(keys.getValue(key)).orElse("");
        case NodeWithValue<?> item -> item.getValue();
        default -> "";
      };
    }
  }

  /// Reads a path.
  ///
  /// @param text with the names of modules as prefixes
  /// @throws InvalidValueException if it is none, or the schema has no such node
  static RulePath read(NodeSchema root, String text) throws InvalidValueException {
    List<Step> steps = new ArrayList<>();
    if (text.equals("/")) {
      return new RulePath(List.of());
    }
    Matcher step = STEP.matcher(text);
    Matcher predicate = PREDICATE.matcher(text);
    NodeSchema at = root;
    int position = 0;
    while (position < text.length()) {
      if (!step.find(position) || step.start() != position) {
        throw new InvalidValueException(
            "not a path such as /ntp:ntp/ntp:port, with a prefix on every name");
      }
      at = child(at, step.group(1), step.group(2));
      position = step.end();
      Map<QName, Object> keys = new HashMap<>();
      List<QName> own = new ArrayList<>();
      while (position < text.length()
          && predicate.find(position)
          && predicate.start() == position) {
        predicate(at, predicate, keys, own);
        position = predicate.end();
      }
      steps.add(new Step(at, Map.copyOf(keys), List.copyOf(own)));
    }
    return new RulePath(List.copyOf(steps));
  }

  private static NodeSchema child(NodeSchema parent, String module, String name)
      throws InvalidValueException {
    for (Module found : parent.context().findModules(module)) {
      Optional<NodeSchema> child = parent.child(found.getNamespace().toString(), name);
      if (child.isPresent()) {
        return child.get();
      }
    }
    throw new InvalidValueException("module " + module + " has no node " + name + " there");
  }

  private static void predicate(
      NodeSchema node, Matcher predicate, Map<QName, Object> keys, List<QName> own)
      throws InvalidValueException {
    String name = predicate.group(2);
    NodeSchema leaf = node;
    if (!name.equals(".")) {
      leaf =
          node.children().stream()
              .filter(c -> node.keys().contains(c.name()))
              .filter(c -> c.name().getLocalName().equals(name))
              .findFirst()
              .orElseThrow(() -> new InvalidValueException(name + " is no key of " + node));
    }
    String value = predicate.group(3);
    if (value.equals("$USER")) {
      own.add(leaf.name());
    } else {
      String plain = value.substring(1, value.length() - 1);
      keys.put(leaf.name(), leaf.codec().parse(plain, prefix -> namespace(node, prefix)));
    }
  }

  private static String namespace(NodeSchema node, String module) {
    return node.context().findModules(module).stream()
        .findFirst()
        .map(found -> found.getNamespace().toString())
        .orElse("");
  }

  /// Whether it speaks of one instance.
  boolean matches(DataPath path, String user) {
    List<DataPath> nodes = path.fromTop();
    if (nodes.size() < steps.size()) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      DataPath node = nodes.get(i);
      Step step = steps.get(i);
      if (!step.schema().name().equals(node.schema().name()) || !step.accepts(node.id(), user)) {
        return false;
      }
    }
    return true;
  }

  /// Whether it speaks of the instances of a schema node.
  Match match(List<NodeSchema> fromTop) {
    if (fromTop.size() < steps.size()) {
      return Match.NO;
    }
    boolean isConditional = false;
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).schema().name().equals(fromTop.get(i).name())) {
        return Match.NO;
      }
      isConditional |= steps.get(i).isConditional();
    }
    return isConditional ? Match.SOME : Match.YES;
  }
}
