package io.chronoconf.datastore.store;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditScope;
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

/// What the device starts from, on disk: the commits in a journal, and a snapshot of what was
/// before them. Used by one thread at a time.
public final class ConfigStore implements AutoCloseable {
  /// How far the journal grows before a snapshot takes its place, unless the configuration itself
  /// is bigger.
  public static final long SNAPSHOT_AFTER_BYTES = 4 << 20;

  private static final String FACTORY = "factory-default";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigStore.class);

  private final StateFolder folder;
  private final NodeSchema root;
  private final Journal journal;
  private final long snapshotAfterBytes;
  private final History history;
  private Optional<ContainerNode> factory = Optional.empty();
  private Revision latest = Revision.NONE;
  private ContainerNode config;
  private long snapshotBytes;
  private long shortBytes;

  private ConfigStore(
      StateFolder folder, NodeSchema root, Journal journal, long snapshotAfterBytes) {
    this.folder = folder;
    this.root = root;
    this.journal = journal;
    this.snapshotAfterBytes = snapshotAfterBytes;
    this.history = new History(root);
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
      // All before the journal, which may be mended when it is opened.
      Optional<Snapshot> snapshot = Snapshot.read(folder);
      Optional<Snapshot> factory = Snapshot.read(folder, FACTORY);
      List<JournalRecord> records = new ArrayList<>();
      Journal journal = Journal.open(folder, records);
      ConfigStore store = new ConfigStore(folder, root, journal, snapshotAfterBytes);
      factory.ifPresent(store::loadFactory);
      snapshot.ifPresent(store::load);
      int told = Math.max(0, records.size() - History.LENGTH);
      records.subList(0, told).forEach(record -> store.replay(record, false));
      records.subList(told, records.size()).forEach(record -> store.replay(record, true));
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
    snapshotBytes = snapshot.config().length();
    latest = new Revision(snapshot.sequence(), Instant.EPOCH, "");
    config = applied("The snapshot", snapshot.config());
  }

  // Before anything else is there.
  private void loadFactory(Snapshot snapshot) {
    factory = Optional.of(applied("The factory default", snapshot.config()));
  }

  private void replay(JournalRecord record, boolean isTold) {
    // A crash between snapshot and journal restart leaves commits that the snapshot has already.
    if (record.sequence() > latest.number()) {
      ContainerNode after =
          applied("Commit " + record.sequence() + " by " + record.user(), record.edit());
      Revision revision = new Revision(record.sequence(), record.time(), record.user());
      if (isTold) {
        EditTree change = EditDiff.between(root, config, after, EditScope.everything());
        history.add(revision, config, after, change);
      }
      latest = revision;
      config = after;
    }
  }

  private void advance(Revision revision, ContainerNode after, EditTree change) {
    history.add(revision, config, after, change);
    latest = revision;
    config = after;
  }

  // What is stored was accepted once. After an upgrade the schema may refuse parts of it: those are
  // left out, loudly, because a device that does not start helps nobody.
  private ContainerNode applied(String what, String xml) {
    ContainerNode result = config;
    List<RpcError> refusals = new ArrayList<>();
    try {
      EditTree edit = EditXml.readLeniently(root, xml, refusals::add);
      EditApplier.Result applied =
          EditApplier.apply(
              root,
              config,
              new EditRequest(
                  edit, EditOperation.MERGE, TestOption.SET, ErrorOption.CONTINUE_ON_ERROR));
      refusals.addAll(applied.errors());
      result = applied.tree();
    } catch (RpcException e) {
      refusals.addAll(e.errors());
    }
    for (RpcError refusal : refusals) {
      LOG.error("{} holds what this agent does not accept: {}", what, refusal.message());
    }
    return result;
  }

  /// The configuration of the new device; empty if it was not kept.
  public Optional<ContainerNode> factory() {
    return factory;
  }

  /// Keeps the configuration of the new device.
  ///
  /// @throws IOException if the disk does not take it
  public void keepFactory(ContainerNode configOfNew) throws IOException {
    new Snapshot(0, EditXml.write(EditDiff.of(root, configOfNew))).write(folder, FACTORY);
    factory = Optional.of(configOfNew);
  }

  /// True until the first commit.
  public boolean isEmpty() {
    return latest.number() == 0;
  }

  /// The last commit; who and when are unknown if only a snapshot was recovered.
  public Revision latest() {
    return latest;
  }

  /// The configuration after the last commit.
  public ContainerNode config() {
    return config;
  }

  /// The last commits.
  public History history() {
    return history;
  }

  /// Keeps a commit. When this returns, it survives a power cut.
  ///
  /// @param revision with a higher number than the latest
  /// @param after the configuration with it
  /// @param change from the latest configuration to this one
  /// @throws IOException if the disk does not take it; nothing is kept then
  public void append(Revision revision, ContainerNode after, EditTree change) throws IOException {
    journal.append(
        new JournalRecord(
            revision.number(), revision.time(), revision.user(), EditXml.write(change)));
    advance(revision, after, change);
  }

  /// Puts a snapshot in place of the journal's older commits once that has grown long; those of the
  /// history stay. A failure is logged and does no harm: the journal just goes on.
  public void shorten() {
    if (journal.size() - shortBytes <= snapshotAfterBytes + 2 * snapshotBytes) {
      return;
    }
    try {
      int kept = history.entries().size();
      String xml = EditXml.write(EditDiff.of(root, history.oldest(config)));
      new Snapshot(journal.firstOfLast(kept) - 1, xml).write(folder);
      snapshotBytes = xml.length();
      journal.restart(kept);
      shortBytes = journal.size();
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
