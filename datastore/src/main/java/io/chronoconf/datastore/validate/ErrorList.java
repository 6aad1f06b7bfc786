package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathException;
import java.util.ArrayList;
import java.util.List;

/// The errors found so far, up to a limit: nobody reads thousands, and each costs memory.
final class ErrorList {
  private final List<RpcError> errors = new ArrayList<>();

  boolean isFull() {
    return errors.size() >= ConfigValidator.MAX_ERRORS;
  }

  List<RpcError> all() {
    return errors;
  }

  void add(RpcError error) {
    if (!isFull()) {
      errors.add(error);
    }
  }

  void add(ErrorTag tag, String appTag, DataPath path, String message) {
    add(of(tag, path, message).withAppTag(appTag));
  }

  /// An expression of the schema that cannot be evaluated for this node.
  ///
  /// @throws XPathCostException if that is what happened: nothing else can be evaluated then
  void add(XPathException failure, DataPath path, String what) {
    if (failure instanceof XPathCostException cost) {
      throw cost;
    }
    add(of(ErrorTag.OPERATION_FAILED, path, what + ": " + failure.getMessage() + "."));
  }

  static RpcError of(ErrorTag tag, DataPath path, String message) {
    return RpcError.of(ErrorType.APPLICATION, tag, message).withPath(path.errorPath());
  }
}
