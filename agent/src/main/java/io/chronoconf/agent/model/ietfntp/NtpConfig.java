package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.util.List;

/// What running asks of the engine, at one commit.
///
/// A service that is off wants nothing of the engine: such a configuration has no sources, whatever
/// is stored, so that switching it on again mobilizes them anew.
///
/// @param service the service's settings
/// @param keys for authentication
/// @param access who may do what
/// @param offsets what is done about large offsets
/// @param network where packets are sent and received
/// @param sources where time comes from and goes to
public record NtpConfig(
    ServiceConfig service,
    KeyRing keys,
    AccessRules access,
    OffsetPolicy offsets,
    NetworkConfig network,
    TimeSources sources) {
  /// RFC 9249 `/ntp/port` when nothing says otherwise. It matters to nobody while the service is
  /// off.
  static final int STANDARD_PORT = 123;

  /// An engine that was just started: off.
  public static final NtpConfig OFF =
      new NtpConfig(new ServiceConfig(false, STANDARD_PORT, true), List.of(), List.of());

  /// A service without keys and access rules.
  NtpConfig(
      ServiceConfig service,
      List<LocalReferenceConfig> localReferences,
      List<AssociationConfig> associations) {
    this(
        service,
        KeyRing.NONE,
        AccessRules.NONE,
        OffsetPolicy.STANDARD,
        NetworkConfig.NONE,
        new TimeSources(localReferences, associations, List.of()));
  }

  /// A client that serves nobody; without its sources if it is off.
  static NtpConfig client(ServiceConfig service, TimeSources sources) {
    return new NtpConfig(
        service,
        KeyRing.NONE,
        AccessRules.NONE,
        OffsetPolicy.STANDARD,
        NetworkConfig.NONE,
        service.isEnabled() ? sources : TimeSources.NONE);
  }

  public NtpConfig {
    if (!service.isEnabled() && !sources.equals(TimeSources.NONE)) {
      throw new IllegalArgumentException("a service that is off has no sources");
    }
  }
}
