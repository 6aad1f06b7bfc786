package io.chronoconf.datastore;

import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.tree.NodeSchema;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What the datastores hold. Changed by the writer thread, read by any: readers see whole changes
/// only.
final class Contents {
  /// What readers see: published as a whole.
  ///
  /// @param isModified whether the candidate may differ from running
  private record Trees(
      ContainerNode running, ContainerNode candidate, boolean isModified, ContainerNode startup) {}

  private final NodeSchema root;
  // Where running and candidate may differ.
  private EditScope scope = new EditScope();
  private volatile Trees trees;

  /// @param config of all datastores
  Contents(NodeSchema root, ContainerNode config) {
    this.root = root;
    this.trees = new Trees(config, config, false, config);
  }

  ContainerNode get(DatastoreName name) {
    Trees now = trees;
    return switch (name) {
      case RUNNING -> now.running();
      case CANDIDATE -> now.candidate();
      case STARTUP -> now.startup();
    };
  }

  ContainerNode running() {
    return trees.running();
  }

  ContainerNode candidate() {
    return trees.candidate();
  }

  ContainerNode startup() {
    return trees.startup();
  }

  /// Where running and candidate may differ.
  EditScope scope() {
    return scope;
  }

  /// Whether the candidate was touched since it was last equal to running.
  boolean isTouched() {
    return trees.isModified();
  }

  /// Whether the candidate differs from running: edits that undo each other leave it as it was.
  boolean isModified() {
    Trees now = trees;
    return now.isModified()
        && !EditDiff.between(root, now.running(), now.candidate(), scope).isEmpty();
  }

  /// The request changed the candidate.
  @SuppressWarnings("ReferenceEquality")
  void edited(ContainerNode candidate, EditRequest request) {
    Trees now = trees;
    if (candidate != now.candidate()) {
      scope.add(request);
      trees = new Trees(now.running(), candidate, true, now.startup());
    }
  }

  /// The candidate is another one.
  void replaceCandidate(ContainerNode candidate) {
    Trees now = trees;
    scope = EditScope.everything();
    trees = new Trees(now.running(), candidate, true, now.startup());
  }

  /// The candidate became running.
  void commit(ContainerNode running) {
    scope = new EditScope();
    trees = new Trees(running, running, false, trees.startup());
  }

  /// The candidate is running again.
  void discard() {
    commit(trees.running());
  }

  /// Running changed by itself: a candidate that nobody touched follows it.
  void replaceRunning(ContainerNode running) {
    Trees now = trees;
    if (now.isModified()) {
      scope = EditScope.everything();
      trees = new Trees(running, now.candidate(), true, now.startup());
    } else {
      commit(running);
    }
  }

  /// The device will start from another configuration.
  void replaceStartup(ContainerNode startup) {
    Trees now = trees;
    trees = new Trees(now.running(), now.candidate(), now.isModified(), startup);
  }

  /// All datastores hold this.
  void replaceAll(ContainerNode config) {
    scope = new EditScope();
    trees = new Trees(config, config, false, config);
  }
}
