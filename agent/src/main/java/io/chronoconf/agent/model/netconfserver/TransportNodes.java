package io.chronoconf.agent.model.netconfserver;

import io.chronoconf.agent.model.ModuleNames;
import org.opendaylight.yangtools.yang.common.QName;

/// The names that this package reads and writes.
final class TransportNodes {
  private static final ModuleNames SERVER =
      ModuleNames.of("urn:chronoconf:yang:netconf-server", "2026-11-23");

  private TransportNodes() {}

  /// A name of `chronoconf-netconf-server`.
  static QName ccns(String local) {
    return SERVER.name(local);
  }
}
