package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.ManycastSearch;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
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

  /// Forms the association that a broadcast asks for (RFC 5905 NEWBC): it begins with a volley of
  /// questions to the server.
  ///
  /// @return empty if there are too many already
  Optional<Association> formBroadcastClient(
      AssociationKey key,
      Input.Received received,
      NtpPacket packet,
      Now now,
      List<Output> outputs) {
    PollExponent poll =
        new PollExponent(
            Math.clamp(
                packet.poll(), PollExponent.MIN.log2Seconds(), PollExponent.MAX.log2Seconds()));
    return form(
        new AssociationConfig(
            key,
            received.remote().getPort(),
            packet.version(),
            poll,
            poll,
            false,
            true,
            false,
            // What forms it has been judged already; its questions are sealed with the same key.
            Authenticator.keyId(received.bytes()),
            Optional.empty(),
            0),
        now,
        outputs);
  }

  /// Forms the association with a server that answered a search (RFC 5905 MANY), unless there is
  /// one or the search has enough.
  ///
  /// @return whether the server has an association now
  boolean formFound(Association search, Input.Received received, Now now, List<Output> outputs) {
    AssociationConfig settings = search.config();
    AssociationKey key =
        new AssociationKey(
            received.networkInstance(),
            settings.key().interfaceName(),
            received.remote().getAddress(),
            AssociationMode.CLIENT,
            false);
    if (table.find(key).isPresent()) {
      return true;
    }
    int most = settings.search().map(ManycastSearch::most).orElse(0);
    if (countFound(settings.key()) >= most) {
      return false;
    }
    return form(
            new AssociationConfig(
                key,
                received.remote().getPort(),
                settings.version(),
                settings.minPoll(),
                settings.maxPoll(),
                false,
                true,
                false,
                settings.keyId(),
                Optional.empty(),
                0),
            now,
            outputs)
        .isPresent();
  }

  private long countFound(AssociationKey search) {
    return table.all().stream()
        .map(association -> association.config().key())
        .filter(key -> !key.isConfigured() && key.mode() == AssociationMode.CLIENT)
        .filter(key -> key.networkInstance().equals(search.networkInstance()))
        .filter(key -> key.interfaceName().equals(search.interfaceName()))
        .count();
  }

  /// Those that could not be formed any more with the keys that there are now.
  List<Association> unsealed(KeyRing ring) {
    return table.all().stream()
        .filter(DynamicAssociations::isDynamic)
        .filter(one -> one.config().key().mode() != AssociationMode.CLIENT)
        .filter(
            one ->
                ring.isEnabled()
                    ? ring.sealing(one.config().keyId()).isEmpty()
                    : one.config().keyId().isPresent())
        .toList();
  }

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
