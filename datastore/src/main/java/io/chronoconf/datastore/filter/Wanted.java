package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;

/// What is wanted of a node: everything, or what any of some sibling sets want. Several filter
/// elements for the same list thus give the union of what they want, each entry once.
sealed interface Wanted {
  /// The node and everything in it.
  record Whole() implements Wanted {
    static final Whole EVERYTHING = new Whole();
  }

  /// What the sets want; nothing if there are none. Of a node's own content, the sets hold only
  /// after [#in] has dropped those whose content matches fail.
  record Parts(List<SiblingSet> sets) implements Wanted {
    public Parts {
      sets = List.copyOf(sets);
    }

    boolean isNothing() {
      return sets.isEmpty();
    }

    /// True if a content match held, which makes the node part of the outcome.
    boolean isMatched() {
      return sets.stream().anyMatch(SiblingSet::hasMatches);
    }
  }

  /// What is wanted of a container or entry, now that its content can be seen.
  default Wanted in(DataContainerNode node) {
    if (!(this instanceof Parts(List<SiblingSet> sets))) {
      return this;
    }
    List<SiblingSet> holding = new ArrayList<>();
    for (SiblingSet set : sets) {
      if (set.holdsIn(node)) {
        if (set.isWhole()) {
          return Whole.EVERYTHING;
        }
        holding.add(set);
      }
    }
    return new Parts(holding);
  }

  /// What is wanted of one child.
  default Wanted of(NodeSchema child) {
    if (!(this instanceof Parts(List<SiblingSet> sets))) {
      return this;
    }
    List<SiblingSet> inner = new ArrayList<>();
    for (SiblingSet set : sets) {
      for (Sibling sibling : set.wanted(child)) {
        switch (sibling) {
          case Sibling.Selection _ -> {
            return Whole.EVERYTHING;
          }
          case Sibling.Containment containment -> inner.add(containment.inner());
          case Sibling.ContentMatch _ -> throw new IllegalStateException("not a wanted node");
        }
      }
      if (child.kind() == NodeSchema.Kind.LEAF && set.isMatchedOn(child)) {
        return Whole.EVERYTHING;
      }
    }
    return new Parts(inner);
  }

  /// True if that value of a child leaf-list is wanted because a content match asked for it.
  default boolean hasItem(NodeSchema leafList, Object value) {
    return this instanceof Parts(List<SiblingSet> sets)
        && sets.stream().anyMatch(set -> set.matchesItem(leafList, value));
  }

  /// The sets of a list by the one entry that each can hold in, so that an entry is found without
  /// looking at the others.
  ///
  /// @param byEntry sets whose content matches fix all keys
  /// @param others the rest
  record Keyed(
      Map<NodeIdentifierWithPredicates, List<SiblingSet>> byEntry, List<SiblingSet> others) {
    static Keyed of(NodeSchema list, List<SiblingSet> sets) {
      Map<NodeIdentifierWithPredicates, List<SiblingSet>> byEntry = new LinkedHashMap<>();
      List<SiblingSet> others = new ArrayList<>();
      for (SiblingSet set : sets) {
        Optional<NodeIdentifierWithPredicates> key = set.key(list);
        if (key.isPresent()) {
          byEntry.computeIfAbsent(key.get(), _ -> new ArrayList<>()).add(set);
        } else {
          others.add(set);
        }
      }
      return new Keyed(byEntry, others);
    }

    Wanted of(NodeIdentifierWithPredicates entry) {
      List<SiblingSet> keyed = byEntry.getOrDefault(entry, List.of());
      if (keyed.isEmpty()) {
        return new Parts(others);
      }
      List<SiblingSet> both = new ArrayList<>(keyed);
      both.addAll(others);
      return new Parts(both);
    }
  }
}
