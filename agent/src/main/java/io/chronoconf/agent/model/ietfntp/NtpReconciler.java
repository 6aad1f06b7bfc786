package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureAccess;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureHosts;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureInstances;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureInterfaces;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureKeys;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureOffsets;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureService;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureSource;
import io.chronoconf.ntp.engine.EngineCommand.Demobilize;
import io.chronoconf.ntp.engine.EngineCommand.Mobilize;
import io.chronoconf.ntp.engine.EngineCommand.Reconfigure;
import io.chronoconf.ntp.engine.EngineCommand.SetLocalReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the commands that lead from one configuration to another. Pure.
///
/// Its laws: nothing changes if nothing differs; an engine at `before` that obeys is as one that
/// was started at `after`; an association whose key stays keeps its state.
final class NtpReconciler {
  private NtpReconciler() {}

  /// The commands, in the order removals, settings, changes, additions.
  static List<EngineCommand> diff(NtpConfig before, NtpConfig after) {
    Map<AssociationKey, AssociationConfig> old = before.sources().byKey();
    Map<AssociationKey, AssociationConfig> wanted = after.sources().byKey();
    List<EngineCommand> commands = new ArrayList<>();
    old.keySet().stream()
        .filter(key -> !wanted.containsKey(key))
        .forEach(key -> commands.add(new Demobilize(key)));
    if (!before.service().equals(after.service())) {
      commands.add(new ConfigureService(after.service()));
    }
    // Before the associations that need them.
    if (!before.keys().equals(after.keys())) {
      commands.add(new ConfigureKeys(after.keys()));
    }
    if (!before.access().equals(after.access())) {
      commands.add(new ConfigureAccess(after.access()));
    }
    if (!before.offsets().equals(after.offsets())) {
      commands.add(new ConfigureOffsets(after.offsets()));
    }
    addNetwork(before.network(), after.network(), commands);
    if (!before.sources().localReferences().equals(after.sources().localReferences())) {
      commands.add(new SetLocalReferences(after.sources().localReferences()));
    }
    List<EngineCommand> additions = new ArrayList<>();
    for (AssociationConfig config : after.sources().associations()) {
      AssociationConfig present = old.get(config.key());
      if (present == null) {
        additions.add(new Mobilize(config));
      } else if (!present.equals(config)) {
        commands.add(new Reconfigure(config));
      }
    }
    commands.addAll(additions);
    // After the addresses, which go before names that mean the same.
    if (!before.sources().hosts().equals(after.sources().hosts())) {
      commands.add(new ConfigureHosts(after.sources().hosts()));
    }
    return List.copyOf(commands);
  }

  private static void addNetwork(
      NetworkConfig before, NetworkConfig after, List<EngineCommand> commands) {
    if (!before.instances().equals(after.instances())) {
      commands.add(new ConfigureInstances(after.instances()));
    }
    if (!before.interfaces().equals(after.interfaces())) {
      commands.add(new ConfigureInterfaces(after.interfaces()));
    }
    if (!before.source().equals(after.source())) {
      commands.add(new ConfigureSource(after.source()));
    }
  }
}
