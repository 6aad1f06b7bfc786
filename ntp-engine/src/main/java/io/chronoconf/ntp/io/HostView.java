package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.host.HostNetwork;
import java.util.Map;
import java.util.function.Consumer;

/// What the engine is told of the host: its interfaces, its network instances, and the addresses of
/// names. Any thread.
final class HostView implements OutputPerformer.Surroundings, AutoCloseable {
  private final NetworkInstances instances;
  private final Mailbox mailbox;
  private final Consumer<HostNetwork> hardware;
  private final HostResolver resolver;
  private final InterfaceWatch watch;
  private volatile Runnable listener = () -> {};

  private HostView(NetworkInstances instances, Mailbox mailbox, Consumer<HostNetwork> hardware) {
    this.instances = instances;
    this.mailbox = mailbox;
    this.hardware = hardware;
    this.resolver = HostResolver.ofSystem(instances);
    this.watch = InterfaceWatch.start(this::see);
  }

  /// Begins with the public network.
  ///
  /// @param instances told which instances there are
  /// @param mailbox of the engine
  /// @param hardware told what the engine is told; it must not block
  static HostView start(
      NetworkInstances instances, Mailbox mailbox, Consumer<HostNetwork> hardware) {
    return new HostView(instances, mailbox, hardware);
  }

  private void see(HostNetwork network) {
    mailbox.put(new Mailbox.Letter.Network(network));
    hardware.accept(network);
    listener.run();
  }

  /// Tells somebody of changes from now on.
  ///
  /// @param changed called on the thread of the watch: it must not block
  void listen(Runnable changed) {
    listener = changed;
  }

  @Override
  public void use(Map<String, String> osNames) {
    instances.use(osNames);
    watch.use(osNames);
  }

  @Override
  public void resolve(Output.Resolve wanted) {
    resolver.resolve(wanted, answer -> mailbox.put(new Mailbox.Letter.Resolved(answer)));
  }

  /// The host's interfaces with their counters.
  HostNetwork now() {
    return watch.now();
  }

  @Override
  public void close() {
    watch.close();
    resolver.close();
  }
}
