package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What running asks of the engine, at one commit.
///
/// A service that is off wants nothing of the engine: such a configuration has neither associations
/// nor a local reference, whatever is stored, so that switching it on again mobilizes them anew.
///
/// @param service the service's settings
/// @param keys for authentication
/// @param access who may do what
/// @param offsets what is done about large offsets
/// @param localReference the local clock as a source
/// @param associations the configured ones, each key once
/// @param hosts servers by name; nothing resolves them yet
public record NtpConfig(
    ServiceConfig service,
    KeyRing keys,
    AccessRules access,
    OffsetPolicy offsets,
    Optional<LocalReferenceConfig> localReference,
    List<AssociationConfig> associations,
    List<SntpHost> hosts) {
  /// RFC 9249 `/ntp/port` when nothing says otherwise. It matters to nobody while the service is
  /// off.
  static final int STANDARD_PORT = 123;

  /// An engine that was just started: off.
  public static final NtpConfig OFF =
      new NtpConfig(new ServiceConfig(false, STANDARD_PORT, true), Optional.empty(), List.of());

  /// A service without keys and access rules.
  NtpConfig(
      ServiceConfig service,
      Optional<LocalReferenceConfig> localReference,
      List<AssociationConfig> associations) {
    this(
        service,
        KeyRing.NONE,
        AccessRules.NONE,
        OffsetPolicy.STANDARD,
        localReference,
        associations);
  }

  /// A service without servers by name.
  NtpConfig(
      ServiceConfig service,
      KeyRing keys,
      AccessRules access,
      OffsetPolicy offsets,
      Optional<LocalReferenceConfig> localReference,
      List<AssociationConfig> associations) {
    this(service, keys, access, offsets, localReference, associations, List.of());
  }

  /// A client that serves nobody; without its sources if it is off.
  static NtpConfig client(
      ServiceConfig service, List<AssociationConfig> associations, List<SntpHost> hosts) {
    return new NtpConfig(
        service,
        KeyRing.NONE,
        AccessRules.NONE,
        OffsetPolicy.STANDARD,
        Optional.empty(),
        service.isEnabled() ? associations : List.of(),
        service.isEnabled() ? hosts : List.of());
  }

  public NtpConfig {
    associations = List.copyOf(associations);
    hosts = List.copyOf(hosts);
    if (byKey(associations).size() != associations.size()) {
      throw new IllegalArgumentException("an association key stands twice");
    }
    boolean hasSources = !associations.isEmpty() || !hosts.isEmpty() || localReference.isPresent();
    if (!service.isEnabled() && hasSources) {
      throw new IllegalArgumentException("a service that is off has no sources");
    }
  }

  /// The associations by what tells them apart, in their order.
  Map<AssociationKey, AssociationConfig> byKey() {
    return byKey(associations);
  }

  private static Map<AssociationKey, AssociationConfig> byKey(List<AssociationConfig> configs) {
    Map<AssociationKey, AssociationConfig> map = new LinkedHashMap<>();
    configs.forEach(config -> map.put(config.key(), config));
    return map;
  }
}
