package io.chronoconf.datastore.store;

import java.nio.file.Path;

/// The state folder cannot be used. The message names the file and what to do.
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String remedy;

  /// @param file what is wrong
  /// @param problem in a few words
  /// @param remedy what the operator can do
  public StoreException(Path file, String problem, String remedy) {
    super(file + ": " + problem + ". " + remedy);
    this.file = file.toString();
    this.remedy = remedy;
  }

  public StoreException(Path file, String problem, String remedy, Throwable cause) {
    this(file, problem, remedy);
    initCause(cause);
  }

  public String file() {
    return file;
  }

  public String remedy() {
    return remedy;
  }
}
