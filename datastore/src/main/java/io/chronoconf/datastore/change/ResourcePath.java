package io.chronoconf.datastore.change;

import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.ValueText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;

/// Writes paths as resource identifiers (RFC 8040 section 3.5.3), such as
/// `/ietf-ntp:ntp/unicast-configuration=192.0.2.1,ietf-ntp%3Auc-server`.
public final class ResourcePath {
  private ResourcePath() {}

  /// The path from the root to a node; `/` for the root itself.
  public static String of(DataPath path) {
    StringBuilder text = new StringBuilder();
    QNameModule module = null;
    for (DataPath node : path.fromTop()) {
      NodeSchema schema = node.schema();
      text.append('/');
      if (!schema.name().getModule().equals(module)) {
        module = schema.name().getModule();
        text.append(moduleName(schema.context(), module)).append(':');
      }
      text.append(schema.name().getLocalName());
      append(text, node);
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  private static void append(StringBuilder text, DataPath node) {
    switch (node.id()) {
      case NodeIdentifierWithPredicates keys -> {
        List<String> values = new ArrayList<>();
        for (QName key : node.schema().keys()) {
          NodeSchema leaf = node.schema().child(key).orElseThrow();
          values.add(encoded(leaf, keys.getValue(key)));
        }
        text.append('=').append(String.join(",", values));
      }
      case NodeWithValue<?> item ->
          text.append('=').append(encoded(node.schema(), item.getValue()));
      case NodeIdentifier _ -> {}
    }
  }

  // Prefixes mean nothing outside XML: what needs one gets its module's name (RFC 7951).
  private static String encoded(NodeSchema leaf, Object value) {
    ValueText written = leaf.codec().text(value);
    String text = written.text();
    for (Map.Entry<String, String> binding : written.namespaces().entrySet()) {
      List<Module> modules = leaf.modules(binding.getValue());
      if (!modules.isEmpty()) {
        text = text.replace(binding.getKey() + ":", modules.getFirst().getName() + ":");
      }
    }
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String moduleName(EffectiveModelContext context, QNameModule module) {
    return context.findModule(module).map(Module::getName).orElseThrow();
  }
}
