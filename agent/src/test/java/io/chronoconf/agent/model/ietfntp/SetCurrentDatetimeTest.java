package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.PacketCounters;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class SetCurrentDatetimeTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final SessionContext SESSION = new SessionContext(1, "admin");

  /// An engine whose clock can be stepped, or refuses.
  private static final class FakeEngine implements EngineControl {
    private final boolean refuses;
    private final List<String> degraded = new ArrayList<>();
    private NtpTimestamp local = NtpTimestamp.of(START);
    private long nanos;

    FakeEngine(boolean refuses) {
      this.refuses = refuses;
    }

    @Override
    public void apply(List<EngineCommand> commands) {
      for (EngineCommand command : commands) {
        if (!(command instanceof EngineCommand.StepClock(NtpDuration offset))) {
          throw new AssertionError(command.toString());
        }
        if (refuses) {
          degraded.add("the clock may not be set");
        } else {
          local = local.plus(offset);
        }
      }
    }

    /// Every look takes a second.
    @Override
    public EngineStatus status() {
      nanos += 1_000_000_000L;
      local = local.plus(NtpDuration.ofSeconds(1));
      return new EngineStatus(
          new Now(new MonotonicTime(nanos), local),
          new SystemStatus(
              false,
              SyncState.CLOCK_NEVER_SET,
              16,
              3,
              0,
              Optional.empty(),
              NtpDuration.ZERO,
              0,
              NtpDuration.ZERO,
              0,
              NtpDuration.ZERO,
              NtpDuration.ZERO,
              NtpTimestamp.UNKNOWN,
              -20,
              64),
          List.of(),
          new PacketCounters(NtpTimestamp.UNKNOWN, 0, 0, 0, 0),
          degraded);
    }
  }

  private static void set(FakeEngine engine, boolean isClockNtps, String date) throws RpcException {
    SetCurrentDatetime rpc =
        new SetCurrentDatetime(engine, () -> isClockNtps, InstantSource.fixed(START));
    NodeSchema schema =
        NodeSchema.inputOf(
            Trees.SCHEMA.context(),
            Trees.SCHEMA.context().getOperations().stream()
                .filter(one -> one.getQName().equals(rpc.rpc()))
                .findFirst()
                .orElseThrow());
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(schema.id()).build();
    NodeSchema leaf = schema.child(NtpNodes.sys("current-datetime")).orElseThrow();
    EditTree edit =
        new EditTree(List.of(new EditNode.Leaf(leaf, Optional.empty(), Optional.of(date))));
    ContainerNode input = EditApplier.apply(schema, empty, EditRequest.of(edit)).tree();
    rpc.perform(ConfigCursor.of(schema, input), SESSION);
  }

  private static RpcException refused(FakeEngine engine, boolean isClockNtps, String date) {
    return assertThrows(RpcException.class, () -> set(engine, isClockNtps, date));
  }

  @ParameterizedTest
  @CsvSource({
    "2030-05-06T07:08:09Z, 2030-05-06T07:08:09Z",
    "2030-05-06T07:08:09-00:00, 2030-05-06T07:08:09Z",
    "2030-05-06T07:08:09.25+02:00, 2030-05-06T05:08:09.25Z",
    "2030-05-07T08:08:09+25:00, 2030-05-06T07:08:09Z",
    "2030-05-06T07:08:09.1234567891234-03:30, 2030-05-06T10:38:09.123456789Z",
    "1990-01-01T00:00:00Z, 1990-01-01T00:00:00Z"
  })
  void theClockShowsTheDate(String date, String instant) throws Exception {
    FakeEngine engine = new FakeEngine(false);
    set(engine, false, date);
    // The second that the look after the step took.
    Instant shown = Instant.parse(instant).plusSeconds(1);
    assertEquals(
        0, engine.local.minus(NtpTimestamp.of(shown)).toSeconds(), 1e-9, engine.local.toHex());
  }

  @Test
  void aClockThatNtpSetsIsLeftAlone() {
    FakeEngine engine = new FakeEngine(false);
    RpcException refusal = refused(engine, true, "2030-05-06T07:08:09Z");
    assertEquals(Optional.of("ntp-active"), refusal.errors().getFirst().appTag());
    assertEquals(ErrorTag.OPERATION_FAILED, refusal.errors().getFirst().tag());
    assertEquals(NtpTimestamp.of(START), engine.local);
  }

  @Test
  void aClockThatRefusesIsNoSuccess() {
    RpcException refusal = refused(new FakeEngine(true), false, "2030-05-06T07:08:09Z");
    assertEquals(ErrorTag.OPERATION_FAILED, refusal.errors().getFirst().tag());
    assertEquals("The clock was not set: the clock may not be set.", refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-30T00:00:00Z",
    "2026-11-23T24:61:00Z",
    "2094-12-12T00:00:00Z",
    "1958-10-10T00:00:00Z"
  })
  void datesThatAreNoneOrTooFarAwayAreRefused(String date) {
    FakeEngine engine = new FakeEngine(false);
    assertEquals(ErrorTag.INVALID_VALUE, refused(engine, false, date).errors().getFirst().tag());
    assertEquals(NtpTimestamp.of(START), engine.local);
  }
}
