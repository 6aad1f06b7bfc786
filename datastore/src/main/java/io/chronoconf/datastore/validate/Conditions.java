package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathEvaluator;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether children may exist where they stand, each asked once per tree: a condition sees a dummy
/// in place of all instances of the child (RFC 7950 section 7.21.5), so it is the same for them
/// all. One thread, one tree.
final class Conditions implements XPathTree.Existence {
  private record Key(XPathNode parent, NodeSchema child) {}

  private final CheckPlan plan;
  private final Map<Key, Boolean> known = new HashMap<>();

  Conditions(CheckPlan plan) {
    this.plan = plan;
  }

  /// A condition that cannot be evaluated does not hold: this is asked of nodes without data, and
  /// for those with data [#holdOrThrow] has been called.
  @Override
  public boolean holds(XPathNode parent, NodeSchema child) {
    try {
      return holdOrThrow(parent, child);
    } catch (XPathCostException e) {
      throw e;
    } catch (XPathException e) {
      return false;
    }
  }

  /// Whether all conditions of the child hold.
  ///
  /// @throws XPathException if one cannot be evaluated
  boolean holdOrThrow(XPathNode parent, NodeSchema child) {
    List<When> whens = plan.of(child).whens();
    if (whens.isEmpty()) {
      return true;
    }
    Key key = new Key(parent, child);
    Boolean before = known.get(key);
    if (before != null) {
      return before;
    }
    // Conditions may not depend on each other in a circle; if they do, the default that asks for
    // itself is there.
    known.put(key, true);
    boolean all = false;
    try {
      all = hold(whens, parent, child);
    } finally {
      known.put(key, all);
    }
    return all;
  }

  /// Whether conditions hold for a child of that parent.
  static boolean hold(List<When> whens, XPathNode parent, NodeSchema child) {
    for (When when : whens) {
      XPathNode context = when.isOfParent() ? parent : XPathNode.dummy(parent, child);
      if (!XPathEvaluator.test(when.expression(), context)) {
        return false;
      }
    }
    return true;
  }

  /// Whether conditions that look at the parent hold.
  static boolean hold(List<When> whens, XPathNode parent) {
    return hold(whens, parent, parent.schema());
  }
}
