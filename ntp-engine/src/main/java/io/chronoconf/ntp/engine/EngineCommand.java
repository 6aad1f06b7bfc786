package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What management tells the engine. Commands are total: whatever can fail was checked before.
public sealed interface EngineCommand {
  /// Replaces the service's settings.
  record ConfigureService(ServiceConfig config) implements EngineCommand {}

  /// Adds a configured association; an existing one of the same key is replaced by a new one.
  record Mobilize(AssociationConfig config) implements EngineCommand {}

  /// Changes an association and keeps its state, reach and clock filter; a changed port or version
  /// takes effect with the next packet.
  record Reconfigure(AssociationConfig config) implements EngineCommand {}

  /// Removes an association; unknown keys are ignored.
  record Demobilize(AssociationKey key) implements EngineCommand {}

  /// Replaces what is done about large offsets.
  record ConfigureOffsets(OffsetPolicy policy) implements EngineCommand {}

  /// An operator accepts the offset that the panic threshold holds back, whatever it is by then.
  record AcceptOffset() implements EngineCommand {}

  /// Steps the clock by this much, positive forward, on an operator's word; ignored while the
  /// service is in charge of the clock.
  record StepClock(NtpDuration offset) implements EngineCommand {}

  /// Replaces the access rules.
  record ConfigureAccess(AccessRules rules) implements EngineCommand {}

  /// Replaces the keys.
  record ConfigureKeys(KeyRing keys) implements EngineCommand {}

  /// Replaces what is configured of interfaces.
  record ConfigureInterfaces(List<InterfaceConfig> interfaces) implements EngineCommand {
    public ConfigureInterfaces {
      interfaces = List.copyOf(interfaces);
    }
  }

  /// Replaces the usual source of packets.
  record ConfigureSource(SourceConfig source) implements EngineCommand {}

  /// Replaces the network instances that are in use.
  ///
  /// @param osNames what the operating system calls each
  record ConfigureInstances(Map<String, String> osNames) implements EngineCommand {
    public ConfigureInstances {
      osNames = Map.copyOf(osNames);
    }
  }

  /// Replaces the servers and peers that are known by name. The associations of those that stay
  /// stay.
  record ConfigureHosts(List<HostConfig> hosts) implements EngineCommand {
    public ConfigureHosts {
      hosts = List.copyOf(hosts);
    }
  }

  /// Replaces the local references.
  record SetLocalReferences(List<LocalReferenceConfig> configs) implements EngineCommand {
    public SetLocalReferences {
      configs = List.copyOf(configs);
    }
  }

  /// Zeroes the counters of the associations that match and sets their discontinuity time; an empty
  /// selection zeroes all and the totals too (RFC 9249 `statistics-reset`).
  record ResetStatistics(Optional<AssociationKey> key) implements EngineCommand {}
}
