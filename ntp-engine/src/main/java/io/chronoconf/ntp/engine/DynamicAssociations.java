package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.PollExponent;
import java.util.List;
import java.util.Optional;

/// The associations that packets form, and their limits. Owned by the engine.
final class DynamicAssociations {
  /// Static and dynamic ones together are never more.
  static final int MAX_ASSOCIATIONS = 128;

  /// What operators may set at most.
  static final int MAX_DYNAMIC = 100;

  private final AssociationTable table;
  private int limit = MAX_DYNAMIC;
  private boolean isLimitTold;

  DynamicAssociations(AssociationTable table) {
    this.table = table;
  }

  /// Forms no more than so many from now on; those that live stay.
  void limit(int most) {
    limit = most;
    isLimitTold = false;
  }

  /// Forms the association that a symmetric active packet asks for (RFC 5905 NEWPS).
  ///
  /// @return empty if there are too many already
  Optional<Association> formPassive(
      Input.Received received, NtpPacket packet, Now now, List<Output> outputs) {
    PollExponent poll =
        new PollExponent(
            Math.clamp(packet.poll(), PollExponent.MIN.log2Seconds(), PASSIVE_POLL_LIMIT));
    return form(
        new AssociationConfig(
            new AssociationKey(
                received.networkInstance(),
                received.remote().getAddress(),
                AssociationMode.SYMMETRIC_PASSIVE,
                false),
            received.remote().getPort(),
            packet.version(),
            poll,
            new PollExponent(PASSIVE_POLL_LIMIT),
            false,
            false,
            false,
            // What forms it has been judged already; its answers are sealed with the same key.
            Authenticator.keyId(received.bytes()),
            Optional.empty(),
            0),
        now,
        outputs);
  }

  /// A stranger cannot make us keep an association for days.
  private static final int PASSIVE_POLL_LIMIT = 8;

  private Optional<Association> form(AssociationConfig config, Now now, List<Output> outputs) {
    long living = count();
    if (living >= limit || table.all().size() >= MAX_ASSOCIATIONS) {
      if (!isLimitTold) {
        isLimitTold = true;
        outputs.add(new Output.Emit(new EngineEvent.DynamicSessionLimit(limit, config.key())));
      }
      return Optional.empty();
    }
    isLimitTold = false;
    return Optional.of(table.form(config, now));
  }

  private long count() {
    return table.all().stream().filter(DynamicAssociations::isDynamic).count();
  }

  private static boolean isDynamic(Association association) {
    return !association.config().key().isConfigured();
  }

  /// Those that were silent for too long.
  List<Association> ended(MonotonicTime now) {
    return table.all().stream()
        .filter(DynamicAssociations::isDynamic)
        .filter(association -> !now.isBefore(association.end()))
        .toList();
  }

  /// When the next one ends, should nothing more be heard.
  Optional<MonotonicTime> nextEnd() {
    return table.all().stream()
        .filter(DynamicAssociations::isDynamic)
        .map(Association::end)
        .min(MonotonicTime::compareTo);
  }
}
