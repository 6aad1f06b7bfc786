package io.chronoconf.agent.model;

import io.chronoconf.agent.model.PathTable.Handling;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.ModuleEntry.Conformance;
import io.chronoconf.yang.YangSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Proves that nothing is silently ignored: every node of the schema that a client can write, read
/// or call stands in exactly one [PathTable], and no table names what is not there. What is not
/// built is absent from the schema, by a feature or a deviation. Modules that the operator adds
/// from a folder are kept and nothing else.
public final class SchemaCoverage {
  private enum Kind {
    CONFIG,
    STATE,
    RPC
  }

  private final EffectiveModelContext schema;
  private final Set<String> implemented;
  private final Map<String, Kind> nodes = new TreeMap<>();

  private SchemaCoverage(YangSchema schema) {
    this.schema = schema.context();
    this.implemented =
        schema.modules().stream()
            .filter(module -> module.conformance() == Conformance.IMPLEMENT)
            .filter(module -> !schema.foreignModules().contains(module))
            .map(ModuleEntry::namespace)
            .collect(Collectors.toSet());
  }

  /// What is wrong, one sentence each; empty if nothing is.
  public static List<String> holes(YangSchema schema, List<PathTable> tables) {
    SchemaCoverage coverage = new SchemaCoverage(schema);
    coverage.walk();
    return coverage.compare(tables);
  }

  private void walk() {
    collect("", schema);
    for (RpcDefinition rpc : schema.getOperations()) {
      put(step("", rpc.getQName()), rpc.getQName(), Kind.RPC);
    }
    for (NotificationDefinition notification : schema.getNotifications()) {
      put(step("", notification.getQName()), notification.getQName(), Kind.STATE);
    }
  }

  private void collect(String path, DataNodeContainer parent) {
    for (DataSchemaNode node : parent.getChildNodes()) {
      if (node instanceof ChoiceSchemaNode choice) {
        for (CaseSchemaNode chosen : choice.getCases()) {
          collect(path, chosen);
        }
        continue;
      }
      String here = step(path, node.getQName());
      if (!(node instanceof DataNodeContainer) || isPresence(node)) {
        boolean isConfig = node.effectiveConfig().orElse(true);
        put(here, node.getQName(), isConfig ? Kind.CONFIG : Kind.STATE);
      }
      if (node instanceof DataNodeContainer inner) {
        collect(here, inner);
      }
    }
  }

  /// Of modules that are there for their types only, no node is.
  private void put(String path, QName name, Kind kind) {
    if (implemented.contains(name.getNamespace().toString())) {
      nodes.put(path, kind);
    }
  }

  private static boolean isPresence(DataSchemaNode node) {
    return node instanceof ContainerSchemaNode container && container.isPresenceContainer();
  }

  private String step(String path, QName name) {
    String prefix = schema.getModuleStatement(name.getModule()).prefix().argument();
    return path + "/" + prefix + ":" + name.getLocalName();
  }

  private List<String> compare(List<PathTable> tables) {
    List<String> holes = new ArrayList<>();
    Map<String, String> owners = new TreeMap<>();
    for (PathTable table : tables) {
      for (PathTable.Row row : table.rows()) {
        String other = owners.put(row.path(), table.concern());
        if (other != null) {
          holes.add(row.path() + " is claimed by " + other + " and by " + table.concern());
        }
        Kind kind = nodes.get(row.path());
        if (kind == null) {
          holes.add(row.path() + " of " + table.concern() + " is not in the schema");
        } else if (kind != kindOf(row.handling())) {
          holes.add(row.path() + " of " + table.concern() + " is " + kind + " in the schema");
        }
      }
    }
    nodes.keySet().stream()
        .filter(path -> !owners.containsKey(path))
        .forEach(path -> holes.add(path + " is handled by nobody"));
    return holes;
  }

  private static Kind kindOf(Handling handling) {
    return switch (handling) {
      case CONFIG, STORED -> Kind.CONFIG;
      case STATE, NEVER -> Kind.STATE;
      case RPC -> Kind.RPC;
    };
  }
}
