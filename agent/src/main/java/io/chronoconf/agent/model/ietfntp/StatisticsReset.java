package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineCommand.ResetStatistics;
import io.chronoconf.ntp.engine.EngineControl;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc `statistics-reset`: zeroes the counters of the associations that match what is given of
/// address, mode and origin, or all counters if nothing is given.
public final class StatisticsReset implements RpcHandler {
  private final EngineControl engine;

  public StatisticsReset(EngineControl engine) {
    this.engine = engine;
  }

  @Override
  public QName rpc() {
    return ntp("statistics-reset");
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session)
      throws RpcException {
    Selector selector = Selector.of(input);
    engine.apply(
        selector.isEmpty()
            ? List.of(new ResetStatistics(Optional.empty()))
            : commands(selector, engine.status().associations()));
    return Optional.empty();
  }

  private static List<EngineCommand> commands(
      Selector selector, List<AssociationStatus> associations) throws RpcException {
    List<EngineCommand> commands =
        associations.stream()
            .map(status -> status.config().key())
            .filter(selector::matches)
            .<EngineCommand>map(key -> new ResetStatistics(Optional.of(key)))
            .toList();
    if (commands.isEmpty()) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.INVALID_VALUE,
              "No association matches; /ntp/associations lists those there are.")
          .withAppTag("instance-required")
          .asException();
    }
    return commands;
  }

  /// What is given of an association's key.
  private record Selector(
      Optional<String> address, Optional<QName> mode, Optional<Boolean> isConfigured) {
    static Selector of(ConfigCursor input) {
      return new Selector(
          input.leaf(ntp("associations-address"), String.class).map(NtpValues::canonicalAddress),
          input.leaf(ntp("associations-local-mode"), QName.class),
          input.leaf(ntp("associations-isconfigured"), Boolean.class));
    }

    boolean isEmpty() {
      return address.isEmpty() && mode.isEmpty() && isConfigured.isEmpty();
    }

    boolean matches(AssociationKey key) {
      return address.map(NtpValues.address(key.address())::equals).orElse(true)
          && mode.map(NtpNodes.mode(key.mode())::equals).orElse(true)
          && isConfigured.map(wanted -> wanted == key.isConfigured()).orElse(true);
    }
  }
}
