package io.chronoconf.agent.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.common.XMLNamespace;

/// The names of one YANG module, of nodes and identities alike. Any thread.
public final class ModuleNames {
  private final QNameModule module;
  private final Map<String, QName> names = new ConcurrentHashMap<>();

  private ModuleNames(QNameModule module) {
    this.module = module;
  }

  public static ModuleNames of(String namespace, String revision) {
    return new ModuleNames(QNameModule.of(XMLNamespace.of(namespace), Revision.of(revision)));
  }

  /// The name; whether the module has it shows when it is used.
  public QName name(String local) {
    return names.computeIfAbsent(local, text -> QName.create(module, text));
  }
}
