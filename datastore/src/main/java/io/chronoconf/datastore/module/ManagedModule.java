package io.chronoconf.datastore.module;

import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// What configuration takes effect in: one implementation per concern. Called on the datastores'
/// writer thread, except [#state], which any thread may call.
public interface ManagedModule {
  /// For logs.
  String name();

  /// Top-level nodes whose configuration this module reads: it is called when any of them changed.
  Set<QName> configRoots();

  /// What is kept of an edit that has arrived: a module may replace values that must not be stored
  /// as they were sent, such as a password in clear text. Any thread.
  ///
  /// @return the edit to apply; the one given unless something was replaced
  default EditTree received(EditTree edit) {
    return edit;
  }

  /// Says whether a node may go without a word because a change made its `when` false. RFC 7950
  /// section 8.2 lets it go; a module may know that somebody would be surprised. Pure; any thread.
  ///
  /// @param lost what was configured and would go
  /// @return the refusal, which says what to do instead; empty lets it go
  default Optional<RpcError> objection(DataPath lost) {
    return Optional.empty();
  }

  /// Checks the change and reserves what it needs.
  ///
  /// @throws RpcException if the configuration itself makes the change impossible; what merely the
  ///   environment refuses (a taken port, a missing interface) becomes degraded state instead
  Prepared prepare(ConfigChange change) throws RpcException;

  /// Top-level nodes to which this module contributes operational state.
  Set<QName> stateRoots();

  /// The operational state under the one root, as nodes to merge over the configuration; config
  /// nodes need not be repeated, except list keys and parents. Empty if there is none now.
  ///
  /// @param root one of [#stateRoots]
  List<DataContainerChild> state(QName root);

  /// A change that was accepted and now either happens or does not. Neither method can fail.
  interface Prepared {
    /// Of a change in which nothing takes effect.
    Prepared NOTHING =
        new Prepared() {
          @Override
          public void apply() {}

          @Override
          public void abort() {}
        };

    void apply();

    void abort();
  }
}
