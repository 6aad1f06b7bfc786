package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;

/// The filter nodes inside one filter node (RFC 6241 section 6.2.5): the content matches must all
/// hold; what then is wanted are the other nodes or, if there are none, everything.
final class SiblingSet {
  /// The content matches on one element; any of them will do. An element without a namespace can
  /// stand for leaves of several modules.
  record Alternatives(List<Sibling.ContentMatch> matches) {
    Alternatives {
      matches = List.copyOf(matches);
    }
  }

  private final List<Alternatives> matches;
  // By name: racing threads may hold different objects for one schema node.
  private final Map<QName, List<Sibling>> byChild;
  private final boolean isWhole;

  /// @param wanted containments and selections
  /// @param picks whether there was any containment or selection, even one that no node can meet
  SiblingSet(List<Alternatives> matches, List<Sibling> wanted, boolean picks) {
    this.matches = List.copyOf(matches);
    this.byChild =
        wanted.stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.schema().name(), LinkedHashMap::new, Collectors.toList()));
    this.isWhole = !picks;
  }

  /// True if nothing but the content matches restricts what is wanted.
  boolean isWhole() {
    return isWhole;
  }

  boolean hasMatches() {
    return !matches.isEmpty();
  }

  /// The containments and selections for one child.
  List<Sibling> wanted(NodeSchema child) {
    return byChild.getOrDefault(child.name(), List.of());
  }

  Set<QName> wantedChildren() {
    return byChild.keySet();
  }

  /// True if one of the content matches is on that child.
  boolean isMatchedOn(NodeSchema child) {
    return matches.stream()
        .flatMap(alternatives -> alternatives.matches().stream())
        .anyMatch(match -> match.schema().name().equals(child.name()));
  }

  /// True if one of the content matches is that value of that leaf-list.
  boolean matchesItem(NodeSchema leafList, Object value) {
    return matches.stream()
        .flatMap(alternatives -> alternatives.matches().stream())
        .anyMatch(
            m -> m.schema().name().equals(leafList.name()) && ValueEquality.same(m.value(), value));
  }

  /// True if all content matches hold.
  boolean holdsIn(DataContainerNode node) {
    for (Alternatives alternatives : matches) {
      boolean isMet = alternatives.matches().stream().anyMatch(match -> holds(node, match));
      if (!isMet) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(DataContainerNode node, Sibling.ContentMatch match) {
    Optional<DataContainerChild> found = DataChildren.get(node, match.schema());
    if (found.isEmpty()) {
      return false;
    }
    return switch (found.get()) {
      case LeafNode<?> leaf -> ValueEquality.same(leaf.body(), match.value());
      case LeafSetNode<?> leaves ->
          leaves.childByArg(new NodeWithValue<>(match.schema().name(), match.value())) != null;
      default -> false;
    };
  }

  /// The one entry that can meet the content matches, if these fix all keys of the list.
  Optional<NodeIdentifierWithPredicates> key(NodeSchema list) {
    if (list.keys().isEmpty()) {
      return Optional.empty();
    }
    Map<QName, Object> values = new LinkedHashMap<>();
    for (QName key : list.keys()) {
      for (Alternatives alternatives : matches) {
        List<Sibling.ContentMatch> on = alternatives.matches();
        if (on.size() == 1 && on.getFirst().schema().name().equals(key)) {
          values.putIfAbsent(key, on.getFirst().value());
        }
      }
    }
    return values.size() == list.keys().size()
        ? Optional.of(NodeIdentifierWithPredicates.of(list.name(), values))
        : Optional.empty();
  }
}
