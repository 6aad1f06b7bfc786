package io.chronoconf.agent.model.netconfserver;

import static io.chronoconf.agent.model.netconfserver.TransportNodes.ccns;

import io.chronoconf.agent.tls.TlsContext;
import io.chronoconf.agent.transport.EndpointStatus;
import io.chronoconf.agent.transport.EndpointStatus.State;
import io.chronoconf.agent.transport.TransportConfig;
import io.chronoconf.agent.transport.Transports;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Listens and calls home as `/netconf-server` says, and shows what has become of it. A port that
/// is taken or a client that does not answer is no reason to refuse a commit; a certificate that
/// cannot be read is.
public final class TransportModule implements ManagedModule {
  private static final QName ROOT = ccns("netconf-server");

  private final NodeSchema root;
  private final Transports transports;
  private final TlsConfigReader tlsReader;
  private volatile Optional<TlsContext> tls = Optional.empty();
  private volatile OptionalInt maxSessionsPerUser = OptionalInt.empty();

  /// A module that has not been called yet.
  ///
  /// @param root the schema's root
  /// @param transports what is driven; may be started later
  public TransportModule(NodeSchema root, Transports transports) {
    this.root = root;
    this.transports = transports;
    this.tlsReader = new TlsConfigReader(root);
  }

  /// What new TLS connections go by now. Any thread.
  public Optional<TlsContext> tls() {
    return tls;
  }

  /// How many sessions one user may have now; empty for no limit. Any thread.
  public OptionalInt maxSessionsPerUser() {
    return maxSessionsPerUser;
  }

  @Override
  public String name() {
    return "NETCONF transports";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(ROOT);
  }

  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    ConfigCursor server = ConfigCursor.of(root, change.after()).container(ROOT).orElseThrow();
    Optional<ConfigCursor> tlsConfig = server.container(ccns("tls"));
    Optional<TlsContext> nextTls =
        tlsConfig.isPresent() ? Optional.of(tlsReader.read(tlsConfig.get())) : Optional.empty();
    OptionalInt nextMax =
        server
            .leaf(ccns("max-sessions-per-user"), Uint16.class)
            .map(max -> OptionalInt.of(max.toJava()))
            .orElse(OptionalInt.empty());
    TransportConfig next = TransportConfigReader.read(server);
    return new Prepared() {
      @Override
      public void apply() {
        tls = nextTls;
        maxSessionsPerUser = nextMax;
        transports.apply(next);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(ROOT);
  }

  @Override
  public List<DataContainerChild> state(QName name) {
    return List.of(
        StateBuilder.container(
            root,
            ROOT,
            to -> {
              tls.ifPresent(context -> to.container(ccns("tls"), in -> writeTls(in, context)));
              to.container(ccns("listen"), this::writeEndpoints);
              to.container(ccns("call-home"), this::writeClients);
            }));
  }

  private static void writeTls(StateBuilder to, TlsContext context) {
    to.leaf(ccns("certificate-expires"), context.expires().toString());
  }

  private void writeEndpoints(StateBuilder to) {
    transports
        .endpoints()
        .forEach(
            (name, status) ->
                to.entry(
                    ccns("endpoint"),
                    entry -> {
                      entry.leaf(ccns("name"), name);
                      writeStatus(entry, status);
                    }));
  }

  private void writeClients(StateBuilder to) {
    transports
        .clients()
        .forEach(
            (name, status) ->
                to.entry(
                    ccns("client"),
                    entry -> {
                      entry.leaf(ccns("name"), name);
                      writeStatus(entry, status);
                      entry.leaf(
                          ccns("connected-to"),
                          status.where().filter(_ -> status.state() == State.CONNECTED));
                      entry.leaf(
                          ccns("connections"), Uint32.fromIntBits((int) status.connections()));
                    }));
  }

  private static void writeStatus(StateBuilder to, EndpointStatus status) {
    to.leaf(ccns("state"), status.state().wire());
    to.leaf(ccns("last-error"), status.lastError());
  }
}
