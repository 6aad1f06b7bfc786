package io.chronoconf.datastore.testing;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Writes down what it is called with, and refuses on request.
public final class RecordingModule implements ManagedModule {
  private final String name;
  private final Set<QName> roots;
  private final List<String> calls;
  public final List<ConfigChange> changes = new ArrayList<>();
  public final List<DataContainerChild> state = new ArrayList<>();
  public boolean refuses;

  /// A node of this name does not go without a word; empty for all that do.
  public String clings = "";

  /// @param calls shared by several modules, to see their order
  public RecordingModule(String name, Set<QName> roots, List<String> calls) {
    this.name = name;
    this.roots = Set.copyOf(roots);
    this.calls = calls;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<QName> configRoots() {
    return roots;
  }

  @Override
  public Optional<RpcError> objection(DataPath lost) {
    return lost.schema().name().getLocalName().equals(clings)
        ? Optional.of(RpcError.of(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, "clings"))
        : Optional.empty();
  }

  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    calls.add("prepare " + name);
    changes.add(change);
    if (refuses) {
      throw RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, "refused").asException();
    }
    return new Prepared() {
      @Override
      public void apply() {
        calls.add("apply " + name);
      }

      @Override
      public void abort() {
        calls.add("abort " + name);
      }
    };
  }

  @Override
  public Set<QName> stateRoots() {
    return roots;
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    return List.copyOf(state);
  }
}
