package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Descendant;

/// `unique` (RFC 7950 sections 7.8.3 and 15.1): no two entries in which all the leaves named have a
/// value, defaults in use included, may have the same values.
final class UniqueCheck {
  private final ErrorList errors;

  UniqueCheck(ErrorList errors) {
    this.errors = errors;
  }

  void check(List<XPathNode> entries, Set<Descendant> leaves) {
    Map<List<String>, XPathNode> seen = new HashMap<>();
    for (XPathNode entry : entries) {
      List<XPathNode> values = values(entry, leaves);
      if (values.size() < leaves.size()) {
        continue;
      }
      XPathNode first = seen.putIfAbsent(values.stream().map(XPathNode::text).toList(), entry);
      if (first != null) {
        report(first, entry, values, leaves);
      }
    }
  }

  private void report(
      XPathNode first, XPathNode entry, List<XPathNode> values, Set<Descendant> leaves) {
    List<Info> info = new ArrayList<>();
    values(first, leaves).forEach(value -> info.add(nonUnique(value)));
    values.forEach(value -> info.add(nonUnique(value)));
    List<String> names = values.stream().map(v -> v.schema().name().getLocalName()).toList();
    errors.add(
        ErrorList.of(
                ErrorTag.OPERATION_FAILED,
                entry.path(),
                String.join(" and ", names)
                    + " must differ from every other entry; the same stands in "
                    + first
                    + ".")
            .withAppTag("data-not-unique")
            .withInfo(info.toArray(Info[]::new)));
  }

  private static Info nonUnique(XPathNode value) {
    return new Info("non-unique", ConstraintWalk.YANG, value.path().errorPath().xpath());
  }

  private static List<XPathNode> values(XPathNode entry, Set<Descendant> leaves) {
    List<XPathNode> found = new ArrayList<>();
    for (Descendant leaf : leaves) {
      List<XPathNode> at = List.of(entry);
      for (QName step : leaf.getNodeIdentifiers()) {
        List<XPathNode> next = new ArrayList<>();
        for (XPathNode node : at) {
          // A choice or case on the way is no data node.
          next.addAll(node.schema().child(step).isPresent() ? node.children(step) : List.of(node));
        }
        at = next;
      }
      at.stream().filter(node -> node.value().isPresent()).findFirst().ifPresent(found::add);
    }
    return found;
  }
}
