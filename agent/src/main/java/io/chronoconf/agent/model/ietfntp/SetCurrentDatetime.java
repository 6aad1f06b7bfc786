package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc set-current-datetime of `ietf-system` (RFC 7317 section 3.3): steps the clock, unless it
/// is NTP that may set it.
public final class SetCurrentDatetime implements RpcHandler {
  /// Of a `date-and-time`: the local time, digits below nanoseconds, and the zone.
  private static final Pattern DATE_AND_TIME =
      Pattern.compile("(.{19}(?:\\.[0-9]{1,9})?)[0-9]*(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

  /// A timestamp of NTP tells no more than this.
  private static final Duration FARTHEST = Duration.ofSeconds(1L << 31);

  /// Two readings of a clock that was stepped agree to within what it is slewed in between.
  private static final double TOLERANCE_SECONDS = 0.01;

  private final EngineControl engine;
  private final BooleanSupplier isClockNtps;
  private final InstantSource calendar;

  /// @param engine steps the clock
  /// @param isClockNtps whether `clock/protocol` is ntp
  /// @param calendar tells the era of the clock
  public SetCurrentDatetime(
      EngineControl engine, BooleanSupplier isClockNtps, InstantSource calendar) {
    this.engine = engine;
    this.isClockNtps = isClockNtps;
    this.calendar = calendar;
  }

  @Override
  public QName rpc() {
    return sys("set-current-datetime");
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session)
      throws RpcException {
    if (isClockNtps.getAsBoolean()) {
      throw failed("NTP sets the clock. Set /system/clock/protocol to none first.")
          .withAppTag("ntp-active")
          .asException();
    }
    step(instant(input.leaf(sys("current-datetime"), String.class).orElseThrow()));
    return Optional.empty();
  }

  private void step(Instant wanted) throws RpcException {
    if (Duration.between(calendar.instant(), wanted).abs().compareTo(FARTHEST) >= 0) {
      throw invalid(
          "The date %s is 68 years or more from the host's; choose one that is nearer."
              .formatted(wanted));
    }
    EngineStatus before = engine.status();
    NtpDuration offset = NtpTimestamp.of(wanted).minus(before.at().local());
    engine.apply(List.of(new EngineCommand.StepClock(offset)));
    EngineStatus after = engine.status();
    double moved =
        after.at().local().minus(before.at().local()).toSeconds()
            - after.at().monotonic().secondsSince(before.at().monotonic());
    if (Math.abs(moved - offset.toSeconds()) > TOLERANCE_SECONDS) {
      throw failed(
              "The clock was not set%s"
                  .formatted(
                      after.degraded().isEmpty()
                          ? "; NTP has just taken it over."
                          : ": " + String.join("; ", after.degraded()) + "."))
          .asException();
    }
  }

  private static Instant instant(String text) throws RpcException {
    Matcher matcher = DATE_AND_TIME.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text + " is not a date; write it as 2026-11-23T12:00:00Z.");
    }
    try {
      Instant local = LocalDateTime.parse(matcher.group(1)).toInstant(ZoneOffset.UTC);
      if (matcher.group(2) == null) {
        return local;
      }
      long minutes = Integer.parseInt(matcher.group(3)) * 60L + Integer.parseInt(matcher.group(4));
      return local.minusSeconds(matcher.group(2).equals("-") ? -60 * minutes : 60 * minutes);
    } catch (DateTimeParseException e) {
      throw invalid("There is no such date as %s; choose one that there is.".formatted(text));
    }
  }

  private static RpcError failed(String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, message);
  }

  private static RpcException invalid(String message) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, message).asException();
  }
}
