package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;

/// What an edit can be refused for, in the tags that RFC 7950 section 8.3 and RFC 6241 appendix A
/// prescribe.
final class EditErrors {
  private EditErrors() {}

  static RpcError unknownNamespace(DataPath parent, String namespace, String local) {
    String why =
        namespace.isEmpty()
            ? "Element " + local + " is in no namespace: declare its module's with xmlns."
            : "No module here has the namespace "
                + namespace
                + " of element "
                + local
                + ": see the module list in yang-library.";
    return at(parent, ErrorType.PROTOCOL, ErrorTag.UNKNOWN_NAMESPACE, why)
        .withInfo(Info.badElement(local), Info.badNamespace(namespace));
  }

  /// An element of a module that has no such node at this place.
  static RpcError noNode(DataPath parent, String namespace, String local) {
    String remedy =
        parent.schema().children().stream()
            .map(NodeSchema::name)
            .filter(name -> name.getLocalName().equals(local))
            .findFirst()
            .map(name -> "the one here is of %s.".formatted(name.getNamespace()))
            .orElse(
                "leave it out. If the module has it, a feature or deviation that yang-library lists"
                    + " takes it away.");
    return unknownElement(
        parent, local, "There is no node %s of %s here: %s".formatted(local, namespace, remedy));
  }

  static RpcError unknownElement(DataPath parent, String local, String why) {
    return at(parent, ErrorType.PROTOCOL, ErrorTag.UNKNOWN_ELEMENT, why)
        .withInfo(Info.badElement(local));
  }

  static RpcError badElement(DataPath where, String local, String why) {
    return at(where, ErrorType.PROTOCOL, ErrorTag.BAD_ELEMENT, why)
        .withInfo(Info.badElement(local));
  }

  static RpcError missingKey(DataPath list, String key) {
    String message = "Entry of list " + list.schema() + " lacks its key " + key + ": add it.";
    return at(list, ErrorType.PROTOCOL, ErrorTag.MISSING_ELEMENT, message)
        .withInfo(Info.badElement(key));
  }

  static RpcError unknownAttribute(DataPath where, String attribute, String why) {
    return at(where, ErrorType.PROTOCOL, ErrorTag.UNKNOWN_ATTRIBUTE, why)
        .withInfo(Info.badAttribute(attribute), Info.badElement(where.schema().toString()));
  }

  static RpcError missingAttribute(DataPath where, String attribute, String why) {
    return at(where, ErrorType.PROTOCOL, ErrorTag.MISSING_ATTRIBUTE, why)
        .withInfo(Info.badAttribute(attribute), Info.badElement(where.schema().toString()));
  }

  static RpcError badAttribute(DataPath where, String attribute, String why) {
    return at(where, ErrorType.PROTOCOL, ErrorTag.BAD_ATTRIBUTE, why)
        .withInfo(Info.badAttribute(attribute), Info.badElement(where.schema().toString()));
  }

  /// RFC 7950 section 15.7.
  static RpcError missingInstance(DataPath where, String attribute) {
    String message =
        "The entry that "
            + attribute
            + " names does not exist: name one that does, or insert"
            + " first or last.";
    return badAttribute(where, attribute, message).withAppTag("missing-instance");
  }

  static RpcError invalidValue(DataPath where, InvalidValueException why) {
    String message = "Bad value for " + where.schema() + ": " + why.getMessage() + ".";
    RpcError error = at(where, ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, message);
    return why.appTag().map(error::withAppTag).orElse(error);
  }

  static RpcError dataExists(DataPath where) {
    String message = where + " exists already: use merge or replace to change it.";
    return at(where, ErrorType.APPLICATION, ErrorTag.DATA_EXISTS, message);
  }

  static RpcError dataMissing(DataPath where, EditOperation operation) {
    String remedy =
        operation == EditOperation.DELETE
            ? ": use remove if it may be absent."
            : ": create it first, or use merge.";
    return at(
        where, ErrorType.APPLICATION, ErrorTag.DATA_MISSING, where + " does not exist" + remedy);
  }

  static RpcError tooBig(DataPath where, String why) {
    return at(where, ErrorType.PROTOCOL, ErrorTag.TOO_BIG, why);
  }

  static RpcError malformed(String why) {
    return RpcError.of(ErrorType.RPC, ErrorTag.MALFORMED_MESSAGE, why);
  }

  private static RpcError at(DataPath where, ErrorType type, ErrorTag tag, String message) {
    RpcError error = RpcError.of(type, tag, message);
    return where.parent().isEmpty() ? error : error.withPath(where.errorPath());
  }
}
