package io.chronoconf.datastore.edit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;

/// The order of user-ordered entries: a linked list with an index, so that every move costs the
/// same however long the list is. Used by one thread.
final class EntryOrder {
  private static final class Link {
    private final PathArgument id;
    private Link before = this;
    private Link after = this;

    Link(PathArgument id) {
      this.id = id;
    }
  }

  // A ring with a neutral link closes both ends; its id is never looked at.
  private final Link ends;
  private final Map<PathArgument, Link> links = new HashMap<>();

  EntryOrder() {
    ends = new Link(NodeIdentifier.create(SchemaContext.NAME));
  }

  int size() {
    return links.size();
  }

  void addLast(PathArgument id) {
    Link link = new Link(id);
    links.put(id, link);
    putAfter(link, ends.before);
  }

  void remove(PathArgument id) {
    Link link = links.remove(id);
    if (link != null) {
      takeOut(link);
    }
  }

  void moveFirst(PathArgument id) {
    move(id, ends);
  }

  void moveLast(PathArgument id) {
    Link link = links.get(id);
    if (link != null) {
      takeOut(link);
      putAfter(link, ends.before);
    }
  }

  void moveBefore(PathArgument id, PathArgument target) {
    Link neighbour = links.get(target);
    if (neighbour != null && !id.equals(target)) {
      Link link = links.get(id);
      if (link != null) {
        takeOut(link);
        putAfter(link, neighbour.before);
      }
    }
  }

  void moveAfter(PathArgument id, PathArgument target) {
    Link neighbour = links.get(target);
    if (neighbour != null && !id.equals(target)) {
      move(id, neighbour);
    }
  }

  void forEach(Consumer<PathArgument> action) {
    for (Link link = ends.after; !link.equals(ends); link = link.after) {
      action.accept(link.id);
    }
  }

  private void move(PathArgument id, Link neighbour) {
    Link link = links.get(id);
    if (link != null) {
      takeOut(link);
      putAfter(link, neighbour);
    }
  }

  private static void takeOut(Link link) {
    link.before.after = link.after;
    link.after.before = link.before;
  }

  private static void putAfter(Link link, Link neighbour) {
    link.before = neighbour;
    link.after = neighbour.after;
    neighbour.after.before = link;
    neighbour.after = link;
  }
}
