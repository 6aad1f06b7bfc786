package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.ConfigSource;

/// Where a whole configuration lies or goes: the source and target parameters of copy-config,
/// delete-config and validate.
public sealed interface ConfigPlace {
  /// On this device, or in the request itself.
  record Here(ConfigSource source) implements ConfigPlace {}

  /// At a URL (RFC 6241 section 8.8), not looked at yet.
  record AtUrl(String url) implements ConfigPlace {}
}
