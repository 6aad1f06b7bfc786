package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.agent.model.ModuleNames;
import org.opendaylight.yangtools.yang.common.QName;

/// The names that this package reads and writes.
final class InterfaceNodes {
  private static final ModuleNames INTERFACES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-interfaces", "2018-02-20");
  private static final ModuleNames IP =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-ip", "2018-02-22");
  private static final ModuleNames INSTANCE =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-network-instance", "2019-01-21");
  private static final ModuleNames VPN = ModuleNames.of("urn:chronoconf:yang:vpn", "2026-11-23");
  private static final ModuleNames TYPES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:iana-if-type", "2023-01-26");

  private InterfaceNodes() {}

  /// A name of `ietf-interfaces`.
  static QName interfaces(String local) {
    return INTERFACES.name(local);
  }

  /// A name of `ietf-ip`.
  static QName ip(String local) {
    return IP.name(local);
  }

  /// A name of `ietf-network-instance`.
  static QName ni(String local) {
    return INSTANCE.name(local);
  }

  /// A name of `chronoconf-vpn`.
  static QName ccv(String local) {
    return VPN.name(local);
  }

  /// An identity of `iana-if-type`.
  static QName type(String local) {
    return TYPES.name(local);
  }
}
