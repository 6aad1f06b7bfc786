package io.chronoconf.datastore.store;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running configuration on disk: a snapshot, and the commits since in a journal. Used by one
/// thread at a time.
public final class ConfigStore implements AutoCloseable {
  /// How far the journal grows before a snapshot takes its place, unless the configuration itself
  /// is bigger.
  public static final long SNAPSHOT_AFTER_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ConfigStore.class);

  private final StateFolder folder;
  private final NodeSchema root;
  private final Journal journal;
  private final long snapshotAfterBytes;
  private long sequence;
  private long snapshotBytes;
  private ContainerNode config;

  private ConfigStore(
      StateFolder folder, NodeSchema root, Journal journal, long snapshotAfterBytes) {
    this.folder = folder;
    this.root = root;
    this.journal = journal;
    this.snapshotAfterBytes = snapshotAfterBytes;
    this.config = ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
  }

  /// Takes the folder and recovers what was committed.
  ///
  /// @throws StoreException if the folder is in use, damaged or not ours
  public static ConfigStore open(Path path, NodeSchema root) throws StoreException {
    return open(path, root, SNAPSHOT_AFTER_BYTES);
  }

  static ConfigStore open(Path path, NodeSchema root, long snapshotAfterBytes)
      throws StoreException {
    StateFolder folder = StateFolder.open(path);
    try {
      Optional<Snapshot> snapshot = Snapshot.read(folder);
      List<JournalRecord> records = new ArrayList<>();
      Journal journal = Journal.open(folder, records);
      ConfigStore store = new ConfigStore(folder, root, journal, snapshotAfterBytes);
      snapshot.ifPresent(store::load);
      records.forEach(store::replay);
      return store;
    } catch (StoreException e) {
      try {
        folder.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void load(Snapshot snapshot) {
    sequence = snapshot.sequence();
    snapshotBytes = snapshot.config().length();
    apply("The snapshot", snapshot.config());
  }

  private void replay(JournalRecord record) {
    // A crash between snapshot and journal restart leaves commits that the snapshot has already.
    if (record.sequence() > sequence) {
      sequence = record.sequence();
      apply("Commit " + record.sequence() + " by " + record.user(), record.edit());
    }
  }

  // What is stored was accepted once. After an upgrade the schema may refuse parts of it: those are
  // left out, loudly, because a device that does not start helps nobody.
  private void apply(String what, String xml) {
    List<RpcError> refusals = new ArrayList<>();
    try {
      EditTree edit = EditXml.readLeniently(root, xml, refusals::add);
      EditApplier.Result result =
          EditApplier.apply(
              root,
              config,
              new EditRequest(
                  edit, EditOperation.MERGE, TestOption.SET, ErrorOption.CONTINUE_ON_ERROR));
      refusals.addAll(result.errors());
      config = result.tree();
    } catch (RpcException e) {
      refusals.addAll(e.errors());
    }
    for (RpcError refusal : refusals) {
      LOG.error("{} holds what this agent does not accept: {}", what, refusal.message());
    }
  }

  /// True until the first commit.
  public boolean isEmpty() {
    return sequence == 0;
  }

  /// How many commits there were.
  public long sequence() {
    return sequence;
  }

  /// The configuration recovered at the start.
  public ContainerNode config() {
    return config;
  }

  /// Keeps a commit. When this returns, it survives a power cut.
  ///
  /// @param change from the last configuration kept to this one
  /// @throws IOException if the disk does not take it; nothing is kept then
  public void append(Instant time, String user, EditTree change) throws IOException {
    journal.append(new JournalRecord(sequence + 1, time, user, EditXml.write(change)));
    sequence++;
  }

  /// Puts a snapshot in the journal's place once that has grown long. A failure is logged and does
  /// no harm: the journal just goes on.
  ///
  /// @param current the configuration as of the last commit
  public void shorten(ContainerNode current) {
    if (journal.size() <= snapshotAfterBytes + 2 * snapshotBytes) {
      return;
    }
    try {
      String xml = EditXml.write(EditDiff.of(root, current));
      new Snapshot(sequence, xml).write(folder);
      snapshotBytes = xml.length();
      journal.restart();
    } catch (IOException e) {
      LOG.warn("No snapshot could be written into {}: {}", folder.file("."), e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
    folder.close();
  }
}
