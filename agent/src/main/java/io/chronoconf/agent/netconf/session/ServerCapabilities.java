package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.message.Capabilities;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.YangSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the server's hello announces: only what works.
public final class ServerCapabilities {
  private ServerCapabilities() {}

  /// The protocol's capabilities, then one for each module. Modules of YANG 1.1 are named too:
  /// clients that do not read the YANG library know of no other way to learn of them.
  ///
  /// @param urlSchemes empty if URLs are not supported
  public static List<String> of(YangSchema schema, Set<String> urlSchemes) {
    List<String> capabilities =
        new ArrayList<>(
            List.of(
                Capabilities.BASE_1_0,
                Capabilities.BASE_1_1,
                Capabilities.CANDIDATE,
                Capabilities.CONFIRMED_COMMIT,
                Capabilities.PARTIAL_LOCK,
                Capabilities.VALIDATE,
                Capabilities.ROLLBACK_ON_ERROR,
                Capabilities.XPATH,
                Capabilities.WITH_DEFAULTS,
                Capabilities.WITH_OPERATIONAL_DEFAULTS,
                Capabilities.NOTIFICATION,
                Capabilities.INTERLEAVE,
                Capabilities.yangLibrary(schema.contentId())));
    Set<String> features = features(schema);
    if (features.contains("writable-running")) {
      capabilities.add(Capabilities.WRITABLE_RUNNING);
    }
    if (features.contains("startup")) {
      capabilities.add(Capabilities.STARTUP);
    }
    if (!urlSchemes.isEmpty()) {
      capabilities.add(Capabilities.url(urlSchemes));
    }
    for (ModuleEntry module : schema.modules()) {
      if (module.conformance() == ModuleEntry.Conformance.IMPLEMENT) {
        capabilities.add(capability(module));
      }
    }
    return List.copyOf(capabilities);
  }

  /// The features of ietf-netconf that are supported.
  static Set<String> features(YangSchema schema) {
    return Set.copyOf(schema.modules("ietf-netconf").getFirst().features());
  }

  /// RFC 6020 section 5.6.4.
  static String capability(ModuleEntry module) {
    List<String> parameters = new ArrayList<>();
    parameters.add("module=" + module.name());
    if (!module.revision().isEmpty()) {
      parameters.add("revision=" + module.revision());
    }
    if (!module.features().isEmpty()) {
      parameters.add("features=" + String.join(",", module.features()));
    }
    if (!module.deviations().isEmpty()) {
      parameters.add("deviations=" + String.join(",", module.deviations()));
    }
    String separator = module.namespace().contains("?") ? "&" : "?";
    return module.namespace() + separator + String.join("&", parameters);
  }
}
