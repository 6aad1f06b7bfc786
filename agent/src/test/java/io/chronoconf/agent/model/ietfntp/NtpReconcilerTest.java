package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineCommand.AcceptOffset;
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
import io.chronoconf.ntp.engine.EngineCommand.ResetStatistics;
import io.chronoconf.ntp.engine.EngineCommand.SetLocalReferences;
import io.chronoconf.ntp.engine.EngineCommand.StepClock;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtpReconcilerTest {
  private static final int STEPS = 300;

  /// What an engine does with commands, as far as it can be seen from outside: an association that
  /// was mobilized anew is another object.
  private static final class ModelEngine {
    private static final class State {
      private AssociationConfig config;

      State(AssociationConfig config) {
        this.config = config;
      }
    }

    private ServiceConfig service = NtpConfig.OFF.service();
    private KeyRing keys = KeyRing.NONE;
    private AccessRules access = AccessRules.NONE;
    private OffsetPolicy offsets = OffsetPolicy.STANDARD;
    private List<LocalReferenceConfig> references = List.of();
    private Map<String, String> instances = Map.of();
    private List<InterfaceConfig> interfaces = List.of();
    private SourceConfig source = SourceConfig.NONE;
    private List<HostConfig> hosts = List.of();
    private final Map<AssociationKey, State> associations = new HashMap<>();

    void apply(List<EngineCommand> commands) {
      commands.forEach(this::apply);
    }

    private void apply(EngineCommand command) {
      switch (command) {
        case ConfigureService(ServiceConfig config) -> service = config;
        case ConfigureKeys(KeyRing ring) -> keys = ring;
        case ConfigureAccess(AccessRules rules) -> access = rules;
        case ConfigureOffsets(OffsetPolicy policy) -> offsets = policy;
        case SetLocalReferences(List<LocalReferenceConfig> configs) -> references = configs;
        case ConfigureInstances(Map<String, String> osNames) -> instances = osNames;
        case ConfigureInterfaces(List<InterfaceConfig> configs) -> interfaces = configs;
        case ConfigureSource(SourceConfig config) -> source = config;
        case ConfigureHosts(List<HostConfig> configs) -> hosts = configs;
        case Mobilize(AssociationConfig config) ->
            associations.put(config.key(), new State(config));
        case Reconfigure(AssociationConfig config) -> {
          State state = associations.get(config.key());
          if (state == null) {
            throw new AssertionError(config.key() + " is not mobilized");
          }
          state.config = config;
        }
        case Demobilize(AssociationKey key) -> associations.remove(key);
        case ResetStatistics _, AcceptOffset _, StepClock _ ->
            throw new AssertionError("nobody asked for it");
      }
    }

    void assertIsAt(NtpConfig config) {
      assertEquals(config.service(), service);
      assertEquals(config.keys(), keys);
      assertEquals(config.access(), access);
      assertEquals(config.offsets(), offsets);
      assertEquals(config.network(), new NetworkConfig(instances, interfaces, source));
      assertEquals(config.sources().localReferences(), references);
      assertEquals(config.sources().hosts(), hosts);
      Map<AssociationKey, AssociationConfig> present = new HashMap<>();
      associations.forEach((key, state) -> present.put(key, state.config));
      assertEquals(config.sources().byKey(), present);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anEngineThatObeysIsAsOneStartedAtTheTarget(long seed) {
    Random random = new Random(seed);
    ModelEngine engine = new ModelEngine();
    NtpConfig present = NtpConfig.OFF;
    for (int i = 0; i < STEPS; i++) {
      NtpConfig next = RandomConfigs.next(random);
      engine.apply(NtpReconciler.diff(present, next));
      engine.assertIsAt(next);
      present = next;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAssociationWhoseKeyStaysKeepsItsState(long seed) {
    Random random = new Random(seed);
    ModelEngine engine = new ModelEngine();
    NtpConfig present = NtpConfig.OFF;
    for (int i = 0; i < STEPS; i++) {
      NtpConfig next = RandomConfigs.next(random);
      Map<AssociationKey, Object> before = new HashMap<>(engine.associations);
      engine.apply(NtpReconciler.diff(present, next));
      for (AssociationKey key : next.sources().byKey().keySet()) {
        if (before.containsKey(key)) {
          assertSame(before.get(key), engine.associations.get(key));
        }
      }
      present = next;
    }
  }

  @Test
  void nothingDiffersMeansNothingToDo() {
    Random random = new Random(7);
    for (int i = 0; i < STEPS; i++) {
      NtpConfig config = RandomConfigs.next(random);
      NtpConfig equal =
          new NtpConfig(
              config.service(),
              new KeyRing(config.keys().isEnabled(), config.keys().keys()),
              config.access(),
              config.offsets(),
              config.network(),
              config.sources());
      assertEquals(List.of(), NtpReconciler.diff(config, equal));
    }
  }

  @Test
  void removalsComeFirstThenSettingsThenChangesThenAdditions() {
    AssociationConfig gone = RandomConfigs.association(1, AssociationMode.CLIENT, 6, false);
    AssociationConfig old = RandomConfigs.association(2, AssociationMode.CLIENT, 6, false);
    AssociationConfig changed = RandomConfigs.association(2, AssociationMode.CLIENT, 6, true);
    AssociationConfig added = RandomConfigs.association(3, AssociationMode.CLIENT, 6, false);
    NtpConfig before =
        new NtpConfig(new ServiceConfig(true, 1024, true), List.of(), List.of(gone, old));
    ServiceConfig service = new ServiceConfig(true, 1025, true);
    List<LocalReferenceConfig> references =
        List.of(new LocalReferenceConfig((Inet4Address) InetAddress.ofLiteral("127.127.1.0"), 8));
    NtpConfig after = new NtpConfig(service, references, List.of(added, changed));
    assertEquals(
        List.of(
            new Demobilize(gone.key()),
            new ConfigureService(service),
            new SetLocalReferences(references),
            new Reconfigure(changed),
            new Mobilize(added)),
        NtpReconciler.diff(before, after));
  }

  @Test
  void anotherModeToTheSameAddressIsAnotherAssociation() {
    ServiceConfig service = new ServiceConfig(true, 1024, true);
    AssociationConfig client = RandomConfigs.association(1, AssociationMode.CLIENT, 6, false);
    AssociationConfig peer =
        RandomConfigs.association(1, AssociationMode.SYMMETRIC_ACTIVE, 6, false);
    List<EngineCommand> commands =
        NtpReconciler.diff(
            new NtpConfig(service, List.of(), List.of(client)),
            new NtpConfig(service, List.of(), List.of(peer)));
    assertTrue(commands.contains(new Demobilize(client.key())));
    assertTrue(commands.contains(new Mobilize(peer)));
  }
}
