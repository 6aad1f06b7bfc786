package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out what management commands. Owned by the engine.
final class ManagementProcess {
  private static final int NTP_PORT = 123;

  private static final NtpDuration UNKNOWN_ERROR =
      NtpDuration.ofSeconds(ClockFilter.MAX_DISPERSION);

  private final AssociationTable table;
  private final SystemProcess system;
  private final ClockProcess clock;
  private final PacketCounts totals;
  private final DynamicAssociations dynamics;
  private final InterfaceProcess interfaces;
  private final HostProcess hosts;
  private final Authenticator authenticator;
  private AccessRules access = AccessRules.NONE;
  private ServiceConfig service = new ServiceConfig(false, NTP_PORT, false);
  private List<LocalReferenceConfig> localReferences = List.of();

  ManagementProcess(
      AssociationTable table,
      DynamicAssociations dynamics,
      InterfaceProcess interfaces,
      HostProcess hosts,
      Authenticator authenticator,
      SystemProcess system,
      ClockProcess clock,
      PacketCounts totals) {
    this.table = table;
    this.dynamics = dynamics;
    this.interfaces = interfaces;
    this.hosts = hosts;
    this.authenticator = authenticator;
    this.system = system;
    this.clock = clock;
    this.totals = totals;
  }

  AccessRules access() {
    return access;
  }

  /// How many keys there are.
  int keys() {
    return authenticator.ring().keys().size();
  }

  /// Our port that serves, or would.
  int servicePort() {
    return service.port();
  }

  boolean isServing() {
    return service.isServing();
  }

  /// Carries out a batch.
  ///
  /// @return by how much the clock was stepped
  NtpDuration apply(List<EngineCommand> commands, Now now, List<Output> outputs) {
    NtpDuration stepped = NtpDuration.ZERO;
    for (EngineCommand command : commands) {
      switch (command) {
        case EngineCommand.ConfigureService(ServiceConfig config) -> configure(config, outputs);
        case EngineCommand.Mobilize(AssociationConfig config) -> {
          table.configure(config).ifPresent(former -> end(former, outputs));
          if (config.key().mode() == AssociationMode.SYMMETRIC_ACTIVE) {
            table.removePassive(config).ifPresent(former -> end(former, outputs));
          }
        }
        case EngineCommand.Reconfigure(AssociationConfig config) -> table.reconfigure(config, now);
        case EngineCommand.Demobilize(AssociationKey key) ->
            table.remove(key).ifPresent(former -> end(former, outputs));
        case EngineCommand.ConfigureOffsets(OffsetPolicy policy) -> clock.configure(policy);
        case EngineCommand.AcceptOffset() -> clock.acceptOffset();
        case EngineCommand.StepClock(NtpDuration offset) -> {
          if (!service.isInChargeOfClock()) {
            outputs.add(new Output.StepClock(offset));
            stepped = stepped.plus(offset);
          }
        }
        case EngineCommand.ConfigureAccess(AccessRules rules) -> {
          access = rules;
          outputs.add(new Output.PublishAccess(rules));
        }
        case EngineCommand.ConfigureInterfaces(List<InterfaceConfig> configs) ->
            interfaces.configure(configs);
        case EngineCommand.ConfigureSource(SourceConfig config) -> interfaces.configure(config);
        case EngineCommand.ConfigureInstances(Map<String, String> osNames) -> {
          interfaces.configure(osNames);
          outputs.add(new Output.UseInstances(osNames));
        }
        case EngineCommand.ConfigureHosts(List<HostConfig> configs) ->
            hosts.configure(configs, now, ended -> end(ended, outputs));
        case EngineCommand.ConfigureKeys(KeyRing keys) -> {
          authenticator.use(keys);
          for (Association unsealed : dynamics.unsealed(keys)) {
            table.remove(unsealed.config().key());
            end(unsealed, outputs);
          }
          outputs.add(new Output.PublishKeys(keys));
        }
        case EngineCommand.SetLocalReferences(List<LocalReferenceConfig> configs) ->
            localReferences = configs;
        case EngineCommand.ResetStatistics(Optional<AssociationKey> key) -> reset(key, now);
      }
    }
    // Once, at the end: a batch that switches off and on again is no batch that does nothing.
    if (service.isEnabled()) {
      table.mobilize(now);
    }
    setLocalReferences(now);
    interfaces.apply(isServing(), outputs);
    return stepped;
  }

  private void configure(ServiceConfig config, List<Output> outputs) {
    boolean isToOpen =
        config.isServing() && !(service.isServing() && config.port() == service.port());
    boolean mayTouchClock = service.isInChargeOfClock();
    if (service.isServing() && !config.isServing()) {
      outputs.add(new Output.CloseService());
      endDynamic(outputs);
    } else if (isToOpen) {
      outputs.add(new Output.OpenService(config.port()));
    }
    if (service.isEnabled() && !config.isEnabled()) {
      table.all().forEach(association -> end(association, outputs));
      table.demobilizeAll();
    }
    boolean isInCharge = config.isInChargeOfClock();
    if (mayTouchClock && !isInCharge) {
      // From now on nobody keeps the clock right.
      outputs.add(new Output.SetSynchronized(false, UNKNOWN_ERROR));
    }
    if (service.isEnabled() && isToOpen) {
      // What leaves from the service's port leaves from the new one.
      table.all().forEach(one -> outputs.add(new Output.ReleaseSocket(one.id())));
    }
    if (!config.dscp().equals(service.dscp())) {
      outputs.add(new Output.MarkPackets(config.dscp()));
    }
    service = config;
    dynamics.limit(config.maxDynamicSessions());
    system.setDisciplinesClock(isInCharge);
    if (!mayTouchClock && isInCharge) {
      clock.resume(outputs);
    }
  }

  /// Who serves nobody has no associations that others asked for.
  private void endDynamic(List<Output> outputs) {
    for (Association association : List.copyOf(table.all())) {
      AssociationKey key = association.config().key();
      if (!key.isConfigured()) {
        table.remove(key).ifPresent(former -> end(former, outputs));
      }
    }
  }

  void end(Association association, List<Output> outputs) {
    outputs.add(new Output.ReleaseSocket(association.id()));
    system.forget(association.id());
  }

  private void setLocalReferences(Now now) {
    List<LocalReferenceConfig> wanted = service.isEnabled() ? localReferences : List.of();
    List<LocalReference> present = system.localReferences();
    if (!present.stream().map(LocalReference::config).toList().equals(wanted)) {
      system.setLocalReferences(
          wanted.stream()
              .map(
                  config ->
                      present.stream()
                          .filter(one -> one.config().equals(config))
                          .findFirst()
                          .orElseGet(() -> new LocalReference(table.takeId(), config, now)))
              .toList());
    }
  }

  private void reset(Optional<AssociationKey> key, Now now) {
    for (Association association : table.all()) {
      if (key.isEmpty() || key.get().equals(association.config().key())) {
        association.counts().reset(now.local());
      }
    }
    if (key.isEmpty()) {
      totals.reset(now.local());
    }
  }
}
