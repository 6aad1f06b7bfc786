package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.ntp.association.AssociationMode;
import org.opendaylight.yangtools.yang.common.QName;

/// The names that this package reads and writes.
final class NtpNodes {
  private static final ModuleNames NTP =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-ntp", "2022-07-05");
  private static final ModuleNames EXTENSION =
      ModuleNames.of("urn:chronoconf:yang:ntp", "2026-11-23");
  private static final ModuleNames ACL =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-access-control-list", "2019-03-04");
  private static final ModuleNames SYSTEM =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-system", "2014-08-06");
  private static final ModuleNames CLOCK =
      ModuleNames.of("urn:chronoconf:yang:clock", "2026-11-23");

  private static final ModuleNames INTERFACES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-interfaces", "2018-02-20");
  private static final ModuleNames INSTANCES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-network-instance", "2019-01-21");

  private NtpNodes() {}

  /// A name of `ietf-ntp`.
  static QName ntp(String local) {
    return NTP.name(local);
  }

  /// A name of `chronoconf-ntp`.
  static QName ccn(String local) {
    return EXTENSION.name(local);
  }

  /// A name of `ietf-access-control-list`.
  static QName acl(String local) {
    return ACL.name(local);
  }

  /// A name of `ietf-system`.
  static QName sys(String local) {
    return SYSTEM.name(local);
  }

  /// A name of `chronoconf-clock`.
  static QName ccc(String local) {
    return CLOCK.name(local);
  }

  /// A name of `ietf-interfaces`.
  static QName interfaces(String local) {
    return INTERFACES.name(local);
  }

  /// A name of `ietf-network-instance`.
  static QName ni(String local) {
    return INSTANCES.name(local);
  }

  /// The identity of a mode.
  static QName mode(AssociationMode mode) {
    return ntp(
        switch (mode) {
          case SYMMETRIC_ACTIVE -> "active";
          case SYMMETRIC_PASSIVE -> "passive";
          case CLIENT -> "client";
          case SERVER -> "server";
          case BROADCAST_SERVER -> "broadcast-server";
          case BROADCAST_CLIENT -> "broadcast-client";
        });
  }
}
