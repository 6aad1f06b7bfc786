package io.chronoconf.ntp.io;

import java.io.IOException;
import java.nio.file.Path;

/// A file was written by a later version of this program, so that it is neither understood nor
/// touched.
final class NewerFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(Path file, int found, int known) {
    super(
        "%s has format version %d, and this agent knows none after %d: run the newer agent that wrote it, or move the file away, which loses the learnt frequency and the virtual clock"
            .formatted(file, found, known));
  }
}
