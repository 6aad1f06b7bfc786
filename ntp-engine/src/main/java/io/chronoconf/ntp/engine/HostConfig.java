package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;

/// A server or peer that is known by name. Its associations come and go with the addresses that the
/// name has.
///
/// @param settings of each of its associations; the address of the key is a wildcard, and the host
///   name is the name, in lower case
/// @param family in which the name is looked up
/// @param most associations, from 1; more than 1 for a pool
public record HostConfig(AssociationConfig settings, AddressFamily family, int most) {
  public HostConfig {
    if (settings.hostName().isEmpty() || !settings.key().address().isAnyLocalAddress()) {
      throw new IllegalArgumentException("a host has a name and no address: " + settings.key());
    }
  }

  String name() {
    return settings.hostName().orElseThrow();
  }

  /// What tells it from other hosts.
  Identity identity() {
    return new Identity(name(), family, settings.key());
  }

  /// A name in one instance, family and mode.
  record Identity(String name, AddressFamily family, AssociationKey key) {}
}
