package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.sim.EngineLab;
import io.chronoconf.ntp.sim.EngineNode;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commits and a real engine in simulated time, with servers that answer.
class EngineReconciliationTest {
  private static final int COMMITS = 100;
  private static final int LAST_SECONDS = 6000;

  /// What an association has learnt.
  private record Learnt(int id, int reach, List<Sample> filter, long received) {
    static Learnt of(AssociationStatus status) {
      return new Learnt(
          status.id(),
          status.reach(),
          status.samples().stream()
              .map(one -> new Sample(one.delay(), one.dispersion(), one.order()))
              .toList(),
          status.counters().received());
    }
  }

  /// Without the offset, which follows what the clock does.
  private record Sample(NtpDuration delay, NtpDuration dispersion, int order) {}

  /// What became of a configuration.
  private record Outcome(
      boolean isSynchronized,
      int stratum,
      Map<String, AssociationStatus.RejectReason> sources,
      EngineNode.Published published,
      List<String> degraded) {}

  /// An engine and the servers of {@link RandomConfigs}.
  private static final class Bench {
    private final EngineLab lab;
    private final EngineNode node;
    private NtpConfig config = NtpConfig.OFF;
    private int second;

    Bench(long seed) {
      lab = new EngineLab(seed);
      node = lab.node(InetAddress.ofLiteral("10.0.0.100"), 0.05, 2e-5);
      node.apply(List.of(new EngineCommand.ConfigureService(NtpConfig.OFF.service())));
      for (int host = 1; host <= 6; host++) {
        InetAddress address = InetAddress.ofLiteral("10.0.0." + host);
        lab.server(address);
        lab.link(node.address(), address);
      }
      node.name("ntp0.example.net", List.of(InetAddress.ofLiteral("10.0.0.5")));
      node.name("ntp1.example.net", List.of(InetAddress.ofLiteral("10.0.0.6")));
    }

    void commit(NtpConfig next) {
      node.apply(NtpReconciler.diff(config, next));
      config = next;
    }

    void pass(int seconds) {
      second += seconds;
      lab.run(second);
    }

    Map<AssociationKey, Learnt> learnt() {
      Map<AssociationKey, Learnt> all = new HashMap<>();
      for (AssociationStatus one : node.status().associations()) {
        all.put(one.config().key(), Learnt.of(one));
      }
      return all;
    }

    Map<AssociationKey, Integer> polls() {
      Map<AssociationKey, Integer> all = new HashMap<>();
      node.status().associations().forEach(one -> all.put(one.config().key(), one.poll()));
      return all;
    }

    /// Which of good servers are taken for false is a matter of their noise.
    private static AssociationStatus.RejectReason reason(AssociationStatus.RejectReason reason) {
      return reason == AssociationStatus.RejectReason.FALSETICKER
          ? AssociationStatus.RejectReason.NONE
          : reason;
    }

    Outcome outcome() {
      EngineStatus status = node.status();
      Map<String, AssociationStatus.RejectReason> sources = new TreeMap<>();
      status
          .associations()
          .forEach(
              one ->
                  sources.put(
                      one.config().key().address().getHostAddress()
                          + " "
                          + one.config().key().mode(),
                      reason(one.rejectReason())));
      return new Outcome(
          status.system().isSynchronized(),
          status.system().stratum(),
          sources,
          node.published(),
          status.degraded());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anySequenceOfCommitsEndsAsAFreshStart(long seed) {
    Random random = new Random(seed);
    Bench travelled = new Bench(seed);
    for (int i = 0; i < COMMITS; i++) {
      travelled.commit(RandomConfigs.next(random));
      travelled.pass(random.nextInt(1, 400));
    }
    Bench fresh = new Bench(seed);
    fresh.commit(travelled.config);
    travelled.pass(LAST_SECONDS);
    fresh.pass(LAST_SECONDS);
    assertEquals(fresh.outcome(), travelled.outcome());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anAssociationThatStaysKeepsWhatItHasLearnt(long seed) {
    Random random = new Random(seed);
    Bench bench = new Bench(seed);
    int kept = 0;
    for (int i = 0; i < COMMITS; i++) {
      bench.pass(random.nextInt(1, 400));
      Map<AssociationKey, Learnt> before = bench.learnt();
      Map<AssociationKey, AssociationConfig> old = bench.config.sources().byKey();
      bench.commit(RandomConfigs.next(random));
      Map<AssociationKey, AssociationConfig> wanted = bench.config.sources().byKey();
      Map<AssociationKey, Learnt> after = bench.learnt();
      for (AssociationKey key : old.keySet()) {
        if (old.get(key).equals(wanted.get(key))) {
          assertEquals(before.get(key), after.get(key));
          kept++;
        }
      }
    }
    assertTrue(kept > COMMITS / 10, kept + " associations stayed, which shows nothing");
  }

  /// Polls are as long as all sources together allow, so that they stay if the sources stay.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsNotAboutSourcesLeavesThemAlone(long seed) {
    Random random = new Random(seed);
    Bench bench = new Bench(seed);
    NtpConfig first = RandomConfigs.enabled(random);
    bench.commit(first);
    for (int i = 0; i < COMMITS; i++) {
      bench.pass(random.nextInt(1, 400));
      Map<AssociationKey, Learnt> before = bench.learnt();
      Map<AssociationKey, Integer> polls = bench.polls();
      NtpConfig other = RandomConfigs.enabled(random);
      bench.commit(
          new NtpConfig(
              first.service(),
              other.keys(),
              other.access(),
              other.offsets(),
              other.network(),
              first.sources()));
      assertEquals(before, bench.learnt());
      assertEquals(polls, bench.polls());
    }
  }
}
