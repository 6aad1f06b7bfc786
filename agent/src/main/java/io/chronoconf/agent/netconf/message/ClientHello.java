package io.chronoconf.agent.netconf.message;

import io.chronoconf.agent.netconf.frame.Framing;
import java.util.Optional;
import java.util.Set;

/// What a client says of itself (RFC 6241 section 8.1).
///
/// @param capabilities URIs without white space around them
public record ClientHello(Set<String> capabilities) {
  public ClientHello {
    capabilities = Set.copyOf(capabilities);
  }

  /// The framing of the newest base version that both sides speak; empty if there is none.
  public Optional<Framing> framing() {
    if (capabilities.contains(Capabilities.BASE_1_1)) {
      return Optional.of(Framing.CHUNKED);
    }
    return capabilities.contains(Capabilities.BASE_1_0)
        ? Optional.of(Framing.END_OF_MESSAGE)
        : Optional.empty();
  }
}
