package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.ConfigStore;
import io.chronoconf.datastore.store.History;
import io.chronoconf.datastore.store.Revision;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The revisions of running, and which of them survive. Changed by the writer thread, read by any.
public final class Revisions {
  private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

  private final NodeSchema root;
  private final ConfigStore store;
  private final InstantSource clock;
  private final boolean hasStartup;
  private final History history;
  private long lastNumber;
  // What running goes back to if a confirmed commit is not confirmed.
  private Revision confirmed;
  private ContainerNode confirmedConfig;
  private volatile Revision current;

  /// @param hasStartup whether running survives only by being copied to startup
  public Revisions(NodeSchema root, ConfigStore store, InstantSource clock, boolean hasStartup) {
    this.root = root;
    this.store = store;
    this.clock = clock;
    this.hasStartup = hasStartup;
    // With a startup, running has a history of its own.
    this.history = hasStartup ? new History(store.history()) : store.history();
    this.confirmed = store.latest();
    this.confirmedConfig = store.config();
    this.current = confirmed;
    this.lastNumber = confirmed.number();
  }

  /// Running now.
  public Revision current() {
    return current;
  }

  /// What running goes back to if a confirmed commit is not confirmed.
  public ContainerNode confirmedConfig() {
    return confirmedConfig;
  }

  /// The last changes of running that were not taken back.
  public List<History.Entry> history() {
    return history.entries();
  }

  /// Running as it was after a change of the history.
  public Optional<ContainerNode> configAt(long number) {
    return history.configAt(number, confirmedConfig);
  }

  /// Takes a change of running.
  ///
  /// @param change what leads from the current revision to `after`; may be empty
  /// @param isFinal false if a confirming commit is still to come
  /// @throws RpcException operation-failed if the disk does not take it; nothing is kept then
  @SuppressWarnings("ReferenceEquality")
  public void advance(String user, ContainerNode after, EditTree change, boolean isFinal)
      throws RpcException {
    Revision next = change.isEmpty() ? current : next(user);
    if (isFinal && next != confirmed) {
      EditTree whole =
          current == confirmed
              ? change
              : EditDiff.between(root, confirmedConfig, after, EditScope.everything());
      if (whole.isEmpty()) {
        next = confirmed;
      } else {
        confirm(next, after, whole);
      }
    }
    current = next;
  }

  private void confirm(Revision revision, ContainerNode after, EditTree change)
      throws RpcException {
    if (hasStartup) {
      history.add(revision, confirmedConfig, after, change);
    } else {
      append(revision, after, change);
    }
    confirmed = revision;
    confirmedConfig = after;
  }

  /// Keeps the first configuration of a device, even if it is empty.
  ///
  /// @throws RpcException operation-failed if the disk does not take it
  public void first(String user, ContainerNode config, EditTree change) throws RpcException {
    Revision first = next(user);
    append(first, config, change);
    if (hasStartup) {
      history.add(first, confirmedConfig, config, change);
    }
    confirmed = first;
    confirmedConfig = config;
    current = first;
  }

  /// Keeps what the device is to start from.
  ///
  /// @throws RpcException operation-failed if the disk does not take it; nothing is kept then
  public void save(String user, ContainerNode startup) throws RpcException {
    EditTree change = EditDiff.between(root, store.config(), startup, EditScope.everything());
    if (!change.isEmpty()) {
      append(next(user), startup, change);
    }
  }

  /// Running went back to the confirmed revision.
  public void revert() {
    current = confirmed;
  }

  private Revision next(String user) {
    lastNumber++;
    return new Revision(lastNumber, clock.instant(), user);
  }

  private void append(Revision revision, ContainerNode after, EditTree change) throws RpcException {
    try {
      store.append(revision, after, change);
    } catch (IOException e) {
      LOG.error("A commit by {} could not be written", revision.user(), e);
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_FAILED,
              "The commit could not be written to the state folder ("
                  + e.getMessage()
                  + "): nothing changed. Free space on the device's disk and try again.")
          .asException();
    }
  }
}
