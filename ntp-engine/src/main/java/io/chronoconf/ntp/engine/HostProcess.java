package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Servers and peers that are known by name: looks the names up, again while there is no answer and
/// when an address falls silent, and keeps the associations of their addresses. Owned by the
/// engine.
final class HostProcess {
  private static final double FIRST_RETRY_SECONDS = 2;
  private static final double LAST_RETRY_SECONDS = 64;

  /// An address that was silent for so many polls, and for so long at least, may be the wrong one
  /// by now.
  private static final int SILENT_POLLS = 4;

  private static final double SILENT_SECONDS = 64;

  /// Should the answer get lost, the question is put again.
  private static final double ANSWER_SECONDS = 60;

  private final AssociationTable table;
  private final Map<HostConfig.Identity, Host> hosts = new LinkedHashMap<>();

  HostProcess(AssociationTable table) {
    this.table = table;
  }

  /// What is known of one name.
  private static final class Host {
    private final int id;
    private HostConfig config;
    private List<AssociationKey> keys = List.of();
    private MonotonicTime next;
    private double retrySeconds = FIRST_RETRY_SECONDS;
    private String failure = "";

    Host(int id, HostConfig config, MonotonicTime now) {
      this.id = id;
      this.config = config;
      this.next = now;
    }
  }

  /// A name without an address so far.
  ///
  /// @param id its session identifier
  record Unresolved(int id, AssociationConfig settings) {}

  /// Takes other hosts; those that stay keep their associations.
  void configure(List<HostConfig> wanted, Now now, Consumer<Association> ended) {
    Map<HostConfig.Identity, HostConfig> identities = new HashMap<>();
    wanted.forEach(config -> identities.put(config.identity(), config));
    List<HostConfig.Identity> gone =
        hosts.keySet().stream().filter(one -> !identities.containsKey(one)).toList();
    for (HostConfig.Identity identity : gone) {
      Optional.ofNullable(hosts.remove(identity))
          .ifPresent(host -> host.keys.forEach(key -> table.remove(key).ifPresent(ended)));
    }
    for (HostConfig config : wanted) {
      Host known = hosts.get(config.identity());
      if (known == null) {
        hosts.put(config.identity(), new Host(table.takeId(), config, now.monotonic()));
      } else if (!known.config.equals(config)) {
        known.config = config;
        known.keys.forEach(key -> table.reconfigure(config.settings().withKey(key), now));
      }
    }
  }

  /// Asks for what is not known, or not good any more.
  void poll(Now now, List<Output> outputs) {
    for (Host host : hosts.values()) {
      if (!now.monotonic().isBefore(due(host))) {
        host.next = now.monotonic().plusSeconds(ANSWER_SECONDS);
        outputs.add(
            new Output.Resolve(
                host.config.settings().key().networkInstance(),
                host.config.name(),
                host.config.family()));
      }
    }
  }

  /// When [#poll] has something to do.
  Optional<MonotonicTime> next() {
    return hosts.values().stream().map(this::due).min(MonotonicTime::compareTo);
  }

  /// A host whose addresses answer has no need to be looked up; the time is far away then.
  private MonotonicTime due(Host host) {
    if (host.keys.isEmpty()) {
      return host.next;
    }
    MonotonicTime due = new MonotonicTime(Long.MAX_VALUE / 2);
    for (AssociationKey key : host.keys) {
      Optional<Association> silent =
          table.find(key).filter(association -> !association.reach().isReachable());
      if (silent.isPresent()) {
        double span =
            Math.max(SILENT_SECONDS, SILENT_POLLS * silent.get().poll().intervalSeconds());
        MonotonicTime end = silent.get().reach().unreachableSince().plusSeconds(span);
        due = end.isBefore(due) ? end : due;
      }
    }
    return due.isBefore(host.next) ? host.next : due;
  }

  /// Takes an answer.
  void resolved(Input.Resolved answer, Now now, Consumer<Association> ended) {
    for (Host host : hosts.values()) {
      AssociationKey key = host.config.settings().key();
      if (host.config.name().equals(answer.name())
          && key.networkInstance().equals(answer.networkInstance())
          && host.config.family() == answer.family()) {
        take(host, answer, now, ended);
      }
    }
  }

  private void take(Host host, Input.Resolved answer, Now now, Consumer<Association> ended) {
    host.failure = answer.failure();
    host.next = now.monotonic().plusSeconds(host.retrySeconds);
    host.retrySeconds = Math.min(2 * host.retrySeconds, LAST_RETRY_SECONDS);
    if (answer.addresses().isEmpty()) {
      return;
    }
    List<AssociationKey> kept = new ArrayList<>(host.keys);
    List<AssociationKey> fresh = fresh(host, answer.addresses());
    // A silent address makes room for one that was not tried.
    for (AssociationKey key : host.keys) {
      boolean isSilent =
          table.find(key).filter(association -> association.reach().isReachable()).isEmpty();
      boolean isNamed = answer.addresses().contains(key.address());
      if (isSilent && !(isNamed && fresh.isEmpty())) {
        kept.remove(key);
        table.remove(key).ifPresent(ended);
      }
    }
    for (AssociationKey key : fresh) {
      if (kept.size() < host.config.most()) {
        kept.add(key);
        table.configure(host.config.settings().withKey(key)).ifPresent(ended);
      }
    }
    host.keys = List.copyOf(kept);
    if (!kept.isEmpty()) {
      host.retrySeconds = FIRST_RETRY_SECONDS;
      host.next = now.monotonic().plusSeconds(SILENT_SECONDS);
    }
    table.mobilize(now);
  }

  /// The addresses that nobody has an association with yet.
  private List<AssociationKey> fresh(Host host, List<InetAddress> addresses) {
    AssociationKey template = host.config.settings().key();
    return addresses.stream()
        .map(
            address ->
                new AssociationKey(template.networkInstance(), address, template.mode(), true))
        .filter(key -> !table.isConfigured(key))
        .distinct()
        .toList();
  }

  /// The names that have no address now.
  List<Unresolved> unresolved() {
    return hosts.values().stream()
        .filter(host -> host.keys.isEmpty())
        .map(host -> new Unresolved(host.id, host.config.settings()))
        .toList();
  }

  /// What could not be found, one sentence each.
  List<String> degraded() {
    return hosts.values().stream()
        .filter(host -> host.keys.isEmpty() && !host.failure.isEmpty())
        .map(host -> host.failure)
        .toList();
  }
}
