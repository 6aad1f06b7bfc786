package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.Now;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What is configured, and the associations that live. They are the same set while the service is
/// on; while it is off there are no associations. Owned by the engine.
public final class AssociationTable {
  private final int precision;
  private final RandomGenerator random;
  private final Map<AssociationKey, AssociationConfig> configured = new LinkedHashMap<>();
  private final Map<Integer, Association> living = new LinkedHashMap<>();
  private int lastId;

  public AssociationTable(int precision, RandomGenerator random) {
    this.precision = precision;
    this.random = random;
  }

  /// An identifier that no association had or will have.
  public int takeId() {
    return ++lastId;
  }

  /// Remembers a configuration; returns the association that lived by the same key and is gone now.
  public Optional<Association> configure(AssociationConfig config) {
    Optional<Association> former = remove(config.key());
    configured.put(config.key(), config);
    return former;
  }

  /// Changes a configuration and keeps what its association learnt; a key unknown so far is added.
  public void reconfigure(AssociationConfig config, Now now) {
    configured.put(config.key(), config);
    find(config.key()).ifPresent(association -> association.reconfigure(config, now));
  }

  /// Forgets a configuration; returns the association that ends by it.
  public Optional<Association> remove(AssociationKey key) {
    configured.remove(key);
    Optional<Association> former = find(key);
    former.ifPresent(association -> living.remove(association.id()));
    return former;
  }

  /// Brings to life what is configured and does not live.
  public void mobilize(Now now) {
    for (AssociationConfig config : configured.values()) {
      if (find(config.key()).isEmpty()) {
        int id = takeId();
        living.put(id, new Association(id, config, precision, now, random));
      }
    }
  }

  /// Whether such an association was asked for.
  public boolean isConfigured(AssociationKey key) {
    return configured.containsKey(key);
  }

  /// Brings an association to life that nobody configured.
  public Association form(AssociationConfig config, Now now) {
    Association association = new Association(takeId(), config, precision, now, random);
    living.put(association.id(), association);
    return association;
  }

  /// Ends the passive association with that remote, if there is one, for who configures an active
  /// one: two sockets with one remote would take each other's packets.
  public Optional<Association> removePassive(AssociationConfig active) {
    Optional<Association> passive =
        find(
            new AssociationKey(
                active.key().networkInstance(),
                active.key().address(),
                AssociationMode.SYMMETRIC_PASSIVE,
                false));
    passive.ifPresent(association -> living.remove(association.id()));
    return passive;
  }

  /// The symmetric association with that address and port; the configured one if there are two.
  public Optional<Association> findSymmetric(String networkInstance, InetSocketAddress remote) {
    return living.values().stream()
        .filter(
            one ->
                one.mode() == AssociationMode.SYMMETRIC_ACTIVE
                    || one.mode() == AssociationMode.SYMMETRIC_PASSIVE)
        .filter(one -> one.config().key().networkInstance().equals(networkInstance))
        .filter(one -> one.remote().equals(remote))
        .min(Comparator.comparing(one -> !one.config().key().isConfigured()));
  }

  /// Ends every association; the configuration stays.
  public void demobilizeAll() {
    living.clear();
  }

  /// In the order of their identifiers.
  public Collection<Association> all() {
    return Collections.unmodifiableCollection(living.values());
  }

  public Optional<Association> find(int id) {
    return Optional.ofNullable(living.get(id));
  }

  public Optional<Association> find(AssociationKey key) {
    return living.values().stream().filter(one -> one.config().key().equals(key)).findFirst();
  }
}
