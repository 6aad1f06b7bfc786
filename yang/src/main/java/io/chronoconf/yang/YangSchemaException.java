package io.chronoconf.yang;

import org.jspecify.annotations.Nullable;

/// The modules cannot be loaded; the message names the file and the remedy.
public final class YangSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public YangSchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
