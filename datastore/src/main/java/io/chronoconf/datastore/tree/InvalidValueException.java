package io.chronoconf.datastore.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A text that is no value of the leaf's type. The message says what the type wants.
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String appTag;

  public InvalidValueException(String message) {
    this(message, null);
  }

  /// @param appTag what the type's range, length or pattern statement prescribes, if anything
  public InvalidValueException(String message, @Nullable String appTag) {
    super(message);
    this.appTag = appTag;
  }

  public Optional<String> appTag() {
    return Optional.ofNullable(appTag);
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "not a value of this type" : message;
  }
}
