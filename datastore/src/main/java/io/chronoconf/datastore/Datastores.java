package io.chronoconf.datastore;

import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Running and candidate of one device. Any thread may call; changes happen one after the other on
/// one writer thread, reads see whole commits only and wait for nothing.
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod"})
public final class Datastores implements AutoCloseable {
  private final EffectiveModelContext schema;

  private Datastores(EffectiveModelContext schema) {
    this.schema = schema;
  }

  /// Gives the configuration of a device that has none yet.
  @FunctionalInterface
  public interface FirstConfig {
    EditTree read(EffectiveModelContext schema) throws RpcException;
  }

  /// Recovers what was committed, or commits the first configuration, and puts it into effect.
  ///
  /// @param stateFolder created if missing; used by one process at a time
  /// @param first asked only if the folder holds no configuration
  /// @throws StoreException if the folder cannot be used; its message names file and remedy
  public static Datastores open(
      EffectiveModelContext schema,
      Path stateFolder,
      FirstConfig first,
      List<ManagedModule> modules,
      InstantSource clock)
      throws StoreException {
    throw new UnsupportedOperationException("soon");
  }

  public EffectiveModelContext schema() {
    return schema;
  }

  /// Edits the candidate (RFC 6241 section 7.2). Running is written by commits only.
  public void editConfig(SessionContext session, DatastoreName target, EditRequest request)
      throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Replaces the whole candidate (RFC 6241 section 7.3).
  public void copyConfig(SessionContext session, ConfigSource source, DatastoreName target)
      throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Refuses: neither running nor candidate can be deleted (RFC 6241 section 7.4).
  public void deleteConfig(SessionContext session, DatastoreName target) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Makes the candidate the running configuration (RFC 6241 section 8.3.4.1). When this returns,
  /// the commit survives a power cut.
  public void commit(SessionContext session) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Makes the candidate equal to running again (RFC 6241 section 8.3.4.2).
  public void discardChanges(SessionContext session) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Checks a whole configuration as a commit would (RFC 6241 section 8.6.4.1).
  public void validate(SessionContext session, ConfigSource source) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  public void lock(SessionContext session, DatastoreName target) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  public void unlock(SessionContext session, DatastoreName target) throws RpcException {
    throw new UnsupportedOperationException("soon");
  }

  /// Releases the session's locks; a candidate that it had locked loses its changes (RFC 6241
  /// section 8.3.5.2).
  public void endSession(SessionContext session) {
    throw new UnsupportedOperationException("soon");
  }

  public List<LockStatus> locks() {
    throw new UnsupportedOperationException("soon");
  }

  /// The datastore's content now. The root is the context's own name.
  public ContainerNode read(DatastoreName name) {
    throw new UnsupportedOperationException("soon");
  }

  /// Running and the modules' state in one tree, for get.
  ///
  /// @param roots the top-level nodes wanted
  public ContainerNode operational(Set<QName> roots) {
    throw new UnsupportedOperationException("soon");
  }

  /// Stops the writer and frees the state folder.
  @Override
  public void close() {
    throw new UnsupportedOperationException("soon");
  }
}
