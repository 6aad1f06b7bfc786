package io.chronoconf.controller;

import com.google.common.base.Throwables;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.mdsal.common.api.TransactionCommitFailedException;
import org.opendaylight.mdsal.dom.api.DOMDataTreeReadTransaction;
import org.opendaylight.mdsal.dom.api.DOMDataTreeWriteTransaction;
import org.opendaylight.mdsal.dom.api.DOMRpcResult;
import org.opendaylight.netconf.client.mdsal.api.RemoteDeviceServices;
import org.opendaylight.netconf.client.mdsal.spi.NetconfDeviceDataBroker;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.Module;

/// Mounts a device and says in lines what it finds: `controller PORT USER PASSWORD CACHE-FOLDER
/// GOOD.xml BAD.xml`.
///
/// It reads the state of the clock, commits GOOD.xml, waits for the notification of that, is
/// refused BAD.xml, then prints `restart`, waits until the device has gone and come back, and
/// deletes what it wrote. At last it commits CALL-HOME.xml, which lets the device call port 4334,
/// and reads through the session that comes in there.
public final class Main {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CALL_HOME_PORT = 4334;
  private static final QName NTP =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-ntp", "2022-07-05", "ntp");
  private static final QName CREATE_SUBSCRIPTION =
      QName.create(
          "urn:ietf:params:xml:ns:netconf:notification:1.0", "2008-07-14", "create-subscription");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress device =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    Path cache = Path.of(arguments[3]);
    try (Mount mount = new Mount(device, arguments[1], arguments[2], cache);
        Mount called = new Mount(device, arguments[1], arguments[2], cache)) {
      Main main = new Main();
      Session last = main.run(mount, Path.of(arguments[4]), Path.of(arguments[5]));
      called.listen(new PortNumber(Uint16.valueOf(CALL_HOME_PORT)));
      last.write(Path.of(arguments[6]));
      main.connected(called).read(LogicalDatastoreType.OPERATIONAL);
      main.out.println("finished");
    }
  }

  private Session run(Mount mount, Path good, Path bad) throws Exception {
    mount.connect(LIMIT);
    Session first = connected(mount);
    first.subscribe();
    first.read(LogicalDatastoreType.OPERATIONAL);
    first.write(good);
    first.awaitNotification("netconf-config-change");
    first.read(LogicalDatastoreType.CONFIGURATION);
    first.write(bad);
    first.read(LogicalDatastoreType.CONFIGURATION);
    out.println("restart");
    Event.Disconnected _ = await(mount, Event.Disconnected.class);
    out.println("disconnected");
    mount.connect(LIMIT);
    Session second = connected(mount);
    second.read(LogicalDatastoreType.OPERATIONAL);
    second.read(LogicalDatastoreType.CONFIGURATION);
    second.delete();
    second.read(LogicalDatastoreType.CONFIGURATION);
    return second;
  }

  private Session connected(Mount mount) throws Exception {
    Event.Connected connected = await(mount, Event.Connected.class);
    Session session = new Session(mount, connected);
    out.println("connected as session " + connected.preferences().sessionId().getValue());
    TreeSet<String> modules = new TreeSet<>();
    for (Module module : session.documents.databind().modelContext().getModules()) {
      modules.add(
          module.getName() + module.getRevision().map(revision -> "@" + revision).orElse(""));
    }
    out.println("modules " + modules);
    out.println("unresolved " + connected.schema().capabilities().unresolvedCapabilites());
    return session;
  }

  /// Passes over notifications until the wanted thing happens.
  private static <E extends Event> E await(Mount mount, Class<E> wanted) throws Exception {
    while (true) {
      Event event = mount.next(LIMIT);
      if (wanted.isInstance(event)) {
        return wanted.cast(event);
      }
      if (!(event instanceof Event.Notified)) {
        throw new IllegalStateException("not " + wanted.getSimpleName() + " but " + event);
      }
    }
  }

  /// OpenDaylight keeps the message of the device's error and drops its other fields.
  private static List<String> reasons(Throwable refusal) {
    List<String> reasons = new ArrayList<>();
    for (Throwable cause : Throwables.getCausalChain(refusal)) {
      reasons.add(String.valueOf(cause.getMessage()));
    }
    return reasons;
  }

  /// What can be done while a device is mounted.
  private final class Session {
    private final Mount mount;
    private final Documents documents;
    private final RemoteDeviceServices.Rpcs.Normalized rpcs;
    private final NetconfDeviceDataBroker broker;

    Session(Mount mount, Event.Connected connected) {
      this.mount = mount;
      documents = new Documents(connected.schema().databind());
      rpcs = (RemoteDeviceServices.Rpcs.Normalized) connected.services().rpcs();
      broker =
          new NetconfDeviceDataBroker(
              mount.id(), documents.databind(), rpcs, connected.preferences(), true);
    }

    void subscribe() throws Exception {
      DOMRpcResult result =
          rpcs.domRpcService()
              .invokeRpc(
                  CREATE_SUBSCRIPTION,
                  ImmutableNodes.newContainerBuilder()
                      .withNodeIdentifier(
                          YangInstanceIdentifier.NodeIdentifier.create(CREATE_SUBSCRIPTION))
                      .build())
              .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      out.println("subscribed " + result.errors());
    }

    void awaitNotification(String name) throws Exception {
      while (true) {
        Event.Notified notified = await(mount, Event.Notified.class);
        var type = notified.notification().getType();
        if (type.lastNodeIdentifier().getLocalName().equals(name)) {
          out.println("notified " + documents.write(notified.notification().getBody(), type));
          return;
        }
      }
    }

    void read(LogicalDatastoreType store) throws Exception {
      try (DOMDataTreeReadTransaction transaction = broker.newReadOnlyTransaction()) {
        Optional<NormalizedNode> data =
            Objects.requireNonNull(
                transaction
                    .read(store, YangInstanceIdentifier.of(NTP))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        out.println(store + " " + data.map(documents::write).orElse("nothing"));
      }
    }

    /// Lock, edit-config, commit and unlock, for each of them one request.
    void write(Path file) throws Exception {
      var root = documents.read(file);
      change(
          (transaction, name) -> {
            for (DataContainerChild child : root.body()) {
              transaction.merge(name, YangInstanceIdentifier.of(child.name()), child);
            }
          });
    }

    void delete() throws Exception {
      change((transaction, store) -> transaction.delete(store, YangInstanceIdentifier.of(NTP)));
    }

    private void change(BiConsumer<DOMDataTreeWriteTransaction, LogicalDatastoreType> edit)
        throws Exception {
      DOMDataTreeWriteTransaction transaction = broker.newReadWriteTransaction();
      edit.accept(transaction, LogicalDatastoreType.CONFIGURATION);
      try {
        transaction.commit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        out.println("committed");
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TransactionCommitFailedException refusal)) {
          throw e;
        }
        out.println("refused " + reasons(refusal));
      }
    }
  }
}
