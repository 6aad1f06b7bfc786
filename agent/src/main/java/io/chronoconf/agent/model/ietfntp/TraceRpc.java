package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.engine.Trace;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc trace of `chronoconf-ntp`: the way from this device to the primary server. Like the
/// guide's devices, one that answers no control queries asks none.
public final class TraceRpc implements RpcHandler {
  private static final Pattern QUAD = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final int REFID_CHARACTERS = 4;

  private final NtpModule ntp;
  private final Walk walk;
  private final NodeSchema output;

  /// Walks from this device.
  @FunctionalInterface
  public interface Walk {
    /// Waits for answers, some seconds per hop at most.
    ///
    /// @param networkInstance of the interface
    /// @param sourceInterface device that queries leave from
    Trace from(String networkInstance, Optional<String> sourceInterface) throws IOException;
  }

  /// A handler that has not been called yet.
  ///
  /// @param output the schema of the answer
  public TraceRpc(NtpModule ntp, Walk walk, NodeSchema output) {
    this.ntp = ntp;
    this.walk = walk;
    this.output = output;
  }

  /// Which rpc this is.
  public static QName name() {
    return ccn("trace");
  }

  @Override
  public QName rpc() {
    return name();
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session)
      throws RpcException {
    if (ntp.refusesControlQueries()) {
      throw failed(
              "control-query-policy is deny, and a device that answers no queries asks none. Set it"
                  + " to by-access-right or allow first.")
          .withAppTag("noquery")
          .asException();
    }
    InterfaceNames names = ntp.names();
    Optional<InterfaceNames.Device> source =
        input
            .leaf(ccn("source"), String.class)
            .map(
                name ->
                    names
                        .device(name)
                        .orElseGet(() -> new InterfaceNames.Device(InterfaceNames.PUBLIC, name)));
    return Optional.of(written(walk(source)));
  }

  /// A thread of the system waits for answers, not one of the few that carry the sessions.
  private Trace walk(Optional<InterfaceNames.Device> source) throws RpcException {
    FutureTask<Trace> task =
        new FutureTask<>(
            () ->
                walk.from(
                    source.map(InterfaceNames.Device::networkInstance).orElse(""),
                    source.map(InterfaceNames.Device::name)));
    Thread.ofPlatform().name("ntp-trace").daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException failure) {
      throw failed("The trace did not begin: " + String.valueOf(failure.getCause()) + ".")
          .asException();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("The session ends.").asException();
    }
  }

  private static RpcError failed(String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, message);
  }

  private ContainerNode written(Trace trace) {
    return StateBuilder.root(
        output,
        to -> {
          for (int index = 0; index < trace.hops().size(); index++) {
            int place = index;
            Trace.Hop hop = trace.hops().get(index);
            to.entry(ccn("hop"), entry -> write(place, hop, entry));
          }
          if (!trace.referenceId().isEmpty()) {
            to.leaf(ccn("refid"), refid(trace.referenceId()));
          }
          to.leaf(ccn("incomplete"), trace.end().map(end -> end.name().toLowerCase(Locale.ROOT)));
        });
  }

  private static void write(int index, Trace.Hop hop, StateBuilder to) {
    to.leaf(ccn("index"), NtpValues.small(index));
    to.leaf(ccn("server"), NtpValues.address(hop.server()));
    to.leaf(
        ccn("network-instance"),
        Optional.of(hop.networkInstance()).filter(name -> !name.isEmpty()));
    to.leaf(ccn("stratum"), NtpValues.small(hop.stratum()));
    to.leaf(ccn("jitter"), NtpValues.decimal(hop.jitter(), 3));
    to.leaf(ccn("synch-distance"), NtpValues.decimal(hop.distance(), 4));
  }

  /// Whatever the last server says: the type wants an address or four characters.
  private static String refid(String text) {
    if (QUAD.matcher(text).matches()) {
      return text;
    }
    String padded = text + " ".repeat(REFID_CHARACTERS);
    return padded.substring(0, REFID_CHARACTERS);
  }
}
