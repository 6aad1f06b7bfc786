package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.lock.DatastoreName;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The datastores of NMDA (RFC 8342 section 5) that this device can have.
public enum NmdaDatastore {
  RUNNING(DatastoreName.RUNNING),
  CANDIDATE(DatastoreName.CANDIDATE),
  STARTUP(DatastoreName.STARTUP),
  /// Running as it was validated: nothing here turns the one into something else.
  INTENDED(null),
  OPERATIONAL(null),
  /// What the first start made (RFC 8808).
  FACTORY_DEFAULT(null);

  private final @Nullable DatastoreName name;

  NmdaDatastore(@Nullable DatastoreName name) {
    this.name = name;
  }

  /// The datastore of that name which operations older than NMDA know; empty if they know none.
  public Optional<DatastoreName> conventional() {
    return Optional.ofNullable(name);
  }

  /// The identity's name without prefix.
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The namespace of the identity.
  public String namespace() {
    return this == FACTORY_DEFAULT
        ? "urn:ietf:params:xml:ns:yang:ietf-factory-default"
        : "urn:ietf:params:xml:ns:yang:ietf-datastores";
  }

  /// The datastore that an identity stands for.
  public static Optional<NmdaDatastore> find(@Nullable String namespace, String name) {
    for (NmdaDatastore datastore : values()) {
      if (datastore.namespace().equals(namespace) && datastore.wire().equals(name)) {
        return Optional.of(datastore);
      }
    }
    return Optional.empty();
  }
}
