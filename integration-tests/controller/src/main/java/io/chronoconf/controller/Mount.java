package io.chronoconf.controller;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opendaylight.mdsal.dom.api.DOMNotification;
import org.opendaylight.netconf.client.ClientChannelInitializer;
import org.opendaylight.netconf.client.NetconfClientFactoryImpl;
import org.opendaylight.netconf.client.NetconfClientSession;
import org.opendaylight.netconf.client.NetconfClientSessionNegotiatorFactory;
import org.opendaylight.netconf.client.conf.NetconfClientConfiguration;
import org.opendaylight.netconf.client.conf.NetconfClientConfiguration.NetconfClientProtocol;
import org.opendaylight.netconf.client.conf.NetconfClientConfigurationBuilder;
import org.opendaylight.netconf.client.mdsal.DeviceActionFactoryImpl;
import org.opendaylight.netconf.client.mdsal.NetconfDevice;
import org.opendaylight.netconf.client.mdsal.NetconfDeviceBuilder;
import org.opendaylight.netconf.client.mdsal.NetconfDeviceCommunicator;
import org.opendaylight.netconf.client.mdsal.NetconfDeviceSchema;
import org.opendaylight.netconf.client.mdsal.api.NetconfSessionPreferences;
import org.opendaylight.netconf.client.mdsal.api.RemoteDeviceHandler;
import org.opendaylight.netconf.client.mdsal.api.RemoteDeviceId;
import org.opendaylight.netconf.client.mdsal.api.RemoteDeviceServices;
import org.opendaylight.netconf.client.mdsal.impl.DefaultBaseNetconfSchemaProvider;
import org.opendaylight.netconf.client.mdsal.impl.DefaultSchemaResourceManager;
import org.opendaylight.netconf.client.mdsal.spi.KeepaliveSalFacade;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.crypto.types.rev241010.password.grouping.password.type.CleartextPasswordBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.initiate.stack.grouping.transport.ssh.ssh.SshClientParameters;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.initiate.stack.grouping.transport.ssh.ssh.SshClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.initiate.stack.grouping.transport.ssh.ssh.TcpClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.client.rev240814.netconf.client.listen.stack.grouping.transport.ssh.ssh.TcpServerParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.ssh.client.rev241010.ssh.client.grouping.ClientIdentityBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.ssh.client.rev241010.ssh.client.grouping.client.identity.PasswordBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.tcp.server.grouping.LocalBind;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.tcp.server.grouping.LocalBindBuilder;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/// One device, put together from OpenDaylight's parts as its topology does for a mounted node:
/// keepalives, a schema cache, and a new session whenever the old one has ended or the device calls
/// home.
///
/// OpenDaylight calls from its own threads; what it says is taken with [#next] by one thread.
final class Mount implements RemoteDeviceHandler, TransportChannelListener<TransportChannel> {
  private static final long KEEPALIVE_SECONDS = 2;
  private static final long REQUEST_MILLIS = 20_000;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
  private final SSHTransportStackFactory stacks = new SSHTransportStackFactory("controller", 1);
  private final NetconfClientFactoryImpl clients = new NetconfClientFactoryImpl(timer, stacks);
  private final ExecutorService processing = Executors.newFixedThreadPool(2);
  private final RemoteDeviceId id;
  private final NetconfDeviceCommunicator communicator;
  private final SshClientParameters login;

  Mount(InetSocketAddress address, String user, String password, Path cache) {
    id = new RemoteDeviceId("device", address);
    YangParserFactory parsers =
        ServiceLoader.load(YangParserFactory.class).findFirst().orElseThrow();
    KeepaliveSalFacade keepalive =
        new KeepaliveSalFacade(id, this, timer, KEEPALIVE_SECONDS, REQUEST_MILLIS);
    NetconfDevice device =
        new NetconfDeviceBuilder()
            .setReconnectOnSchemasChange(false)
            .setId(id)
            .setSalFacade(keepalive)
            .setProcessingExecutor(processing)
            .setDeviceActionFactory(new DeviceActionFactoryImpl())
            .setBaseSchemaProvider(new DefaultBaseNetconfSchemaProvider(parsers))
            .setDeviceSchemaProvider(
                new DefaultSchemaResourceManager(parsers, cache.toString(), "schema")
                    .getSchemaResources("schema", id))
            .build();
    communicator = new NetconfDeviceCommunicator(id, device, 0);
    keepalive.setListener(communicator);
    login = login(user, password);
  }

  private static SshClientParameters login(String user, String password) {
    return new SshClientParametersBuilder()
        .setClientIdentity(
            new ClientIdentityBuilder()
                .setUsername(user)
                .setPassword(
                    new PasswordBuilder()
                        .setPasswordType(
                            new CleartextPasswordBuilder().setCleartextPassword(password).build())
                        .build())
                .build())
        .build();
  }

  RemoteDeviceId id() {
    return id;
  }

  /// Listens where the device is to call home (RFC 8071) and takes what calls as its session.
  void listen(PortNumber port) throws Exception {
    LocalBind place =
        new LocalBindBuilder().setLocalAddress(id.host().getIpAddress()).setLocalPort(port).build();
    var _ =
        stacks
            .listenClient(
                "netconf",
                this,
                new TcpServerParametersBuilder().setLocalBind(Map.of(place.key(), place)).build(),
                login)
            .get(REQUEST_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onTransportChannelEstablished(TransportChannel channel) {
    var negotiators =
        new NetconfClientSessionNegotiatorFactory(timer, Optional.empty(), REQUEST_MILLIS);
    new ClientChannelInitializer(negotiators, communicator)
        .initialize(
            channel.channel(), channel.channel().eventLoop().<NetconfClientSession>newPromise());
  }

  @Override
  public void onTransportChannelFailed(Throwable cause) {
    events.add(new Event.Failed(cause));
  }

  /// Asks for a session again and again until the transport is there.
  void connect(Duration limit) throws Exception {
    NetconfClientConfiguration configuration =
        NetconfClientConfigurationBuilder.create()
            .withName(id.name())
            .withProtocol(NetconfClientProtocol.SSH)
            .withConnectionTimeoutMillis(REQUEST_MILLIS)
            .withTcpParameters(
                new TcpClientParametersBuilder()
                    .setRemoteAddress(id.host())
                    .setRemotePort(new PortNumber(Uint16.valueOf(id.address().getPort())))
                    .build())
            .withSshParameters(login)
            .withSessionListener(communicator)
            .build();
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        clients.createClient(configuration).get(REQUEST_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException | TimeoutException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(BETWEEN_ATTEMPTS);
      }
    }
  }

  /// What OpenDaylight said next.
  ///
  /// @throws TimeoutException if it says nothing within the limit
  Event next(Duration limit) throws InterruptedException, TimeoutException {
    Event event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new TimeoutException("OpenDaylight said nothing for " + limit);
    }
    return event;
  }

  @Override
  public void onDeviceConnected(
      NetconfDeviceSchema schema,
      NetconfSessionPreferences preferences,
      RemoteDeviceServices services) {
    events.add(new Event.Connected(schema, preferences, services));
  }

  @Override
  public void onDeviceDisconnected() {
    events.add(new Event.Disconnected());
  }

  @Override
  public void onDeviceFailed(Throwable cause) {
    events.add(new Event.Failed(cause));
  }

  @Override
  public void onNotification(DOMNotification notification) {
    events.add(new Event.Notified(notification));
  }

  @Override
  public void close() {
    communicator.close();
    clients.close();
    stacks.close();
    timer.close();
    processing.shutdownNow();
  }
}
