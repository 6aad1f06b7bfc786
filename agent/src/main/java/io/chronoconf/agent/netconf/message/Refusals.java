package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;

/// What the parameters of an operation can be refused for, with the error-info that each tag
/// prescribes (RFC 6241 appendix A).
final class Refusals {
  private Refusals() {}

  static RpcException unknownElement(String element, String why) {
    return refusal(ErrorTag.UNKNOWN_ELEMENT, why)
        .withInfo(RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException unknownNamespace(String element, String namespace) {
    String why =
        namespace.isEmpty()
            ? "Element " + element + " is in no namespace: declare " + ProtocolXml.BASE + "."
            : "No parameter here is of namespace " + namespace + ": take out " + element + ".";
    return refusal(ErrorTag.UNKNOWN_NAMESPACE, why)
        .withInfo(RpcError.Info.badElement(element), RpcError.Info.badNamespace(namespace))
        .asException();
  }

  static RpcException unknownNamespace(String element, String namespace, String right) {
    return refusal(
            ErrorTag.UNKNOWN_NAMESPACE,
            "Element " + element + " is not of namespace " + right + ": declare that.")
        .withInfo(RpcError.Info.badElement(element), RpcError.Info.badNamespace(namespace))
        .asException();
  }

  /// An element that could be read and whose value cannot be used.
  static RpcException invalidElement(String element, String why) {
    return refusal(ErrorTag.INVALID_VALUE, why)
        .withInfo(RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException missingElement(String element, String why) {
    return refusal(ErrorTag.MISSING_ELEMENT, why)
        .withInfo(RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException badElement(String element, String why) {
    return refusal(ErrorTag.BAD_ELEMENT, why)
        .withInfo(RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException invalidValue(String why) {
    return refusal(ErrorTag.INVALID_VALUE, why).asException();
  }

  static RpcException unknownAttribute(String attribute, String element) {
    return refusal(
            ErrorTag.UNKNOWN_ATTRIBUTE,
            "Element " + element + " has no attribute " + attribute + ": take it out.")
        .withInfo(RpcError.Info.badAttribute(attribute), RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException badAttribute(String attribute, String element, String why) {
    return refusal(ErrorTag.BAD_ATTRIBUTE, why)
        .withInfo(RpcError.Info.badAttribute(attribute), RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException missingAttribute(String attribute, String element, String why) {
    return refusal(ErrorTag.MISSING_ATTRIBUTE, why)
        .withInfo(RpcError.Info.badAttribute(attribute), RpcError.Info.badElement(element))
        .asException();
  }

  /// An attribute that could be read and whose value cannot be used.
  static RpcException invalidAttribute(String attribute, String element, String why) {
    return refusal(ErrorTag.INVALID_VALUE, why)
        .withInfo(RpcError.Info.badAttribute(attribute), RpcError.Info.badElement(element))
        .asException();
  }

  static RpcException unsupported(String why) {
    return refusal(ErrorTag.OPERATION_NOT_SUPPORTED, why).asException();
  }

  private static RpcError refusal(ErrorTag tag, String why) {
    return RpcError.of(ErrorType.PROTOCOL, tag, why);
  }
}
