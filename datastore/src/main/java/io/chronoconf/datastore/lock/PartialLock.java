package io.chronoconf.datastore.lock;

import io.chronoconf.datastore.tree.DataPath;
import java.time.Instant;
import java.util.List;

/// A lock that is held on parts of running (RFC 5717).
///
/// @param id names it
/// @param session whose it is
/// @param select what was asked for, as expressions are kept
/// @param nodes what is locked, each with all in it
/// @param since when it was granted, by the clock given to the datastores
public record PartialLock(
    long id, SessionContext session, List<String> select, List<DataPath> nodes, Instant since) {
  public PartialLock {
    select = List.copyOf(select);
    nodes = List.copyOf(nodes);
  }
}
