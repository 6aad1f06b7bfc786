package io.chronoconf.datastore.edit;

/// An edit-config request (RFC 6241 section 7.2).
///
/// @param edit what to change
/// @param defaultOperation what a node without an operation attribute means; MERGE unless the
///   client says REPLACE or NONE
/// @param testOption SET unless the client says otherwise: a candidate is checked as a whole when
///   it is validated or committed (RFC 7950 section 8.3.3)
/// @param errorOption STOP_ON_ERROR unless the client says otherwise
public record EditRequest(
    EditTree edit, EditOperation defaultOperation, TestOption testOption, ErrorOption errorOption) {
  public EditRequest {
    switch (defaultOperation) {
      case MERGE, REPLACE, NONE -> {}
      case CREATE, DELETE, REMOVE ->
          throw new IllegalArgumentException(defaultOperation + " is no default operation");
    }
  }

  /// The request with every option left at its default.
  public static EditRequest of(EditTree edit) {
    return new EditRequest(edit, EditOperation.MERGE, TestOption.SET, ErrorOption.STOP_ON_ERROR);
  }

  /// Whether the whole result is validated before it is kept.
  public enum TestOption {
    SET,
    TEST_THEN_SET,
    TEST_ONLY
  }

  /// What becomes of the rest of the edit, and of what is already done, after an error.
  public enum ErrorOption {
    /// What was done before the first error stays, the rest is not tried.
    STOP_ON_ERROR,
    /// Everything that can be done is done.
    CONTINUE_ON_ERROR,
    /// Nothing changes.
    ROLLBACK_ON_ERROR
  }
}
