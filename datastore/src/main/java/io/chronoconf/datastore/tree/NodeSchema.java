package io.chronoconf.datastore.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerLike;
import org.opendaylight.yangtools.yang.model.api.ContainerLikeCompat;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// A schema node as data sees it: its children are data nodes, with the choices between remembered
/// on each. Expanded as it is visited. Any thread.
public final class NodeSchema {
  /// What stands in the data at such a node.
  public enum Kind {
    ROOT,
    CONTAINER,
    LIST,
    LEAF,
    LEAF_LIST,
    /// anydata and anyxml, which hold an [OpaqueContent] as a leaf holds its value.
    OPAQUE
  }

  /// A choice on the way from the parent data node, and the case that leads on.
  public record CaseStep(ChoiceSchemaNode choice, CaseSchemaNode chosen) {
    public NodeIdentifier id() {
      return NodeIdentifier.create(choice.getQName());
    }
  }

  private record XmlName(String namespace, String local) {}

  private record Children(Map<QName, NodeSchema> byName, Map<XmlName, NodeSchema> byXmlName) {
    static Children of(Map<QName, NodeSchema> byName) {
      Map<XmlName, NodeSchema> byXmlName = new HashMap<>();
      byName.forEach(
          (name, node) ->
              byXmlName.put(
                  new XmlName(name.getNamespace().toString(), name.getLocalName()), node));
      return new Children(byName, byXmlName);
    }
  }

  private final EffectiveModelContext context;
  private final @Nullable NodeSchema parent;
  private final DataSchemaNode yang;
  private final List<CaseStep> choices;
  private final Kind kind;
  private final NodeIdentifier id;
  private final @Nullable QName rpc;
  // Racing threads compute equal values: losing one does no harm.
  private volatile @Nullable Children children;
  private volatile @Nullable LeafCodec codec;
  private volatile @Nullable List<Object> defaults;

  private NodeSchema(
      EffectiveModelContext context,
      @Nullable NodeSchema parent,
      DataSchemaNode yang,
      List<CaseStep> choices,
      @Nullable QName rpc) {
    this.context = context;
    this.parent = parent;
    this.yang = yang;
    this.choices = List.copyOf(choices);
    this.kind = kindOf(yang, parent == null);
    this.id = NodeIdentifier.create(yang.getQName());
    this.rpc = rpc;
  }

  /// The node above all top-level nodes.
  public static NodeSchema rootOf(EffectiveModelContext context) {
    return new NodeSchema(context, null, context, List.of(), null);
  }

  /// The node above the parameters of an rpc.
  public static NodeSchema inputOf(EffectiveModelContext context, RpcDefinition rpc) {
    return new NodeSchema(context, null, rpc.getInput(), List.of(), rpc.getQName());
  }

  /// The node above all top-level nodes and the input of an rpc, which is a container here: what
  /// the conditions of the input see (RFC 7950 section 6.4.1). Its last child is that input.
  public static NodeSchema callOf(EffectiveModelContext context, RpcDefinition rpc) {
    NodeSchema root = new NodeSchema(context, null, context, List.of(), null);
    Map<QName, NodeSchema> byName = new LinkedHashMap<>(rootOf(context).expanded().byName());
    // The input of an rpc may have the name of a top-level node: then that node is not seen.
    byName.remove(rpc.getInput().getQName());
    byName.put(
        rpc.getInput().getQName(),
        new NodeSchema(context, root, rpc.getInput(), List.of(), rpc.getQName()));
    root.children = Children.of(byName);
    return root;
  }

  /// The schema of what an rpc answers.
  ///
  /// @throws IllegalArgumentException if there is no such rpc
  public static NodeSchema outputOf(EffectiveModelContext context, QName rpc) {
    return context.getOperations().stream()
        .filter(one -> one.getQName().equals(rpc))
        .findFirst()
        .map(one -> outputOf(context, one))
        .orElseThrow(() -> new IllegalArgumentException("there is no rpc " + rpc));
  }

  /// The node above the results of an rpc.
  public static NodeSchema outputOf(EffectiveModelContext context, RpcDefinition rpc) {
    return new NodeSchema(context, null, rpc.getOutput(), List.of(), rpc.getQName());
  }

  /// The node above all notifications at the top of modules, each of which is a container here.
  public static NodeSchema notificationsOf(EffectiveModelContext context) {
    NodeSchema root = new NodeSchema(context, null, context, List.of(), null);
    Map<QName, NodeSchema> byName = new LinkedHashMap<>();
    for (NotificationDefinition notification : context.getNotifications()) {
      byName.put(
          notification.getQName(),
          new NodeSchema(context, root, notification.toContainerLike(), List.of(), null));
    }
    root.children = Children.of(byName);
    return root;
  }

  private static Kind kindOf(DataSchemaNode yang, boolean isRoot) {
    if (isRoot) {
      return Kind.ROOT;
    }
    return switch (yang) {
      case ContainerLike _ -> Kind.CONTAINER;
      case ListSchemaNode _ -> Kind.LIST;
      case LeafSchemaNode _ -> Kind.LEAF;
      case LeafListSchemaNode _ -> Kind.LEAF_LIST;
      default -> Kind.OPAQUE;
    };
  }

  public EffectiveModelContext context() {
    return context;
  }

  /// The parent data node; empty for the root.
  public Optional<NodeSchema> parent() {
    return Optional.ofNullable(parent);
  }

  /// The node above all top-level data nodes, which for parameters of an rpc and for notifications
  /// is not the one above themselves.
  NodeSchema dataRoot() {
    NodeSchema at = this;
    boolean isData = true;
    while (at.parent != null) {
      isData = !(at.yang instanceof ContainerLikeCompat);
      at = at.parent;
    }
    return isData && at.rpc == null ? at : rootOf(context);
  }

  public DataSchemaNode yang() {
    return yang;
  }

  public QName name() {
    return yang.getQName();
  }

  public NodeIdentifier id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /// The choices between the parent and this node, outermost first.
  public List<CaseStep> choices() {
    return choices;
  }

  public boolean isConfig() {
    return yang.effectiveConfig().orElse(true);
  }

  /// True for a container whose mere existence means something, and for a notification.
  public boolean isPresence() {
    return yang instanceof ContainerLikeCompat
        || (yang instanceof ContainerSchemaNode container && container.isPresenceContainer());
  }

  public boolean isUserOrdered() {
    return switch (yang) {
      case ListSchemaNode list -> list.isUserOrdered();
      case LeafListSchemaNode leafList -> leafList.isUserOrdered();
      default -> false;
    };
  }

  /// The keys of a list, in schema order; empty for any other node.
  public List<QName> keys() {
    return yang instanceof ListSchemaNode list ? list.getKeyDefinition() : List.of();
  }

  /// All child data nodes, in schema order.
  public Collection<NodeSchema> children() {
    return expanded().byName().values();
  }

  /// The child data node of that name, through choices.
  public Optional<NodeSchema> child(QName name) {
    return Optional.ofNullable(expanded().byName().get(name));
  }

  /// The child data node that an XML element of that name stands for.
  public Optional<NodeSchema> child(String namespace, String local) {
    return Optional.ofNullable(expanded().byXmlName().get(new XmlName(namespace, local)));
  }

  /// How values of this leaf or leaf-list are read and written.
  ///
  /// @throws IllegalStateException if this is neither
  public LeafCodec codec() {
    LeafCodec known = codec;
    if (known == null) {
      known = LeafCodec.of(this);
      codec = known;
    }
    return known;
  }

  /// The values that the schema gives a leaf or leaf-list that has none; empty if it gives none.
  public List<Object> defaults() {
    List<Object> known = defaults;
    if (known == null) {
      known = LeafDefaults.of(this);
      defaults = known;
    }
    return known;
  }

  /// The rpc whose input or output this is; empty for any other node.
  public Optional<QName> rpc() {
    return Optional.ofNullable(rpc);
  }

  /// The modules that have the namespace, which may be any text.
  public List<Module> modules(String namespace) {
    List<Module> found = new ArrayList<>();
    for (Module module : context.getModules()) {
      if (module.getNamespace().toString().equals(namespace)) {
        found.add(module);
      }
    }
    return found;
  }

  /// The prefix that the node's module gives itself.
  public String modulePrefix() {
    return context.getModuleStatement(name().getModule()).prefix().argument();
  }

  private Children expanded() {
    Children known = children;
    if (known == null) {
      Map<QName, NodeSchema> byName = new LinkedHashMap<>();
      if (yang instanceof DataNodeContainer container) {
        collect(container, List.of(), byName);
      }
      known = Children.of(byName);
      children = known;
    }
    return known;
  }

  private void collect(
      DataNodeContainer from, List<CaseStep> through, Map<QName, NodeSchema> into) {
    for (DataSchemaNode node : from.getChildNodes()) {
      if (node instanceof ChoiceSchemaNode choice) {
        for (CaseSchemaNode chosen : choice.getCases()) {
          List<CaseStep> deeper = new ArrayList<>(through);
          deeper.add(new CaseStep(choice, chosen));
          collect(chosen, deeper, into);
        }
      } else {
        into.put(node.getQName(), new NodeSchema(context, this, node, through, null));
      }
    }
  }

  @Override
  public String toString() {
    return name().getLocalName();
  }
}
