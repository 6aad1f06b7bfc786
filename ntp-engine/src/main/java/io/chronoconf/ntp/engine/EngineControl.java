package io.chronoconf.ntp.engine;

import java.util.List;

/// The port through which management drives a running engine. Safe for any thread.
public interface EngineControl {
  /// Hands over one batch, which is applied as a whole before the next packet; returns when it is
  /// queued. Never fails.
  void apply(List<EngineCommand> commands);

  /// The newest snapshot, taken for this call.
  EngineStatus status();
}
