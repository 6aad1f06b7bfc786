package io.chronoconf.agent.model.ietfsystem;

import io.chronoconf.agent.model.ModuleNames;
import org.opendaylight.yangtools.yang.common.QName;

/// The names that this package reads and writes.
final class SystemNodes {
  private static final ModuleNames SYSTEM =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-system", "2014-08-06");

  private SystemNodes() {}

  /// A name of `ietf-system`.
  static QName sys(String local) {
    return SYSTEM.name(local);
  }
}
