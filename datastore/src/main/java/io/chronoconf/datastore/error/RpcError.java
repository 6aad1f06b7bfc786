package io.chronoconf.datastore.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One refusal as the client sees it (RFC 6241 section 4.3). Severity is always "error".
///
/// @param type layer
/// @param tag what kind
/// @param appTag finer kind, such as `must-violation` (RFC 7950 section 15) or `not-unicast`
/// @param path the node in question
/// @param message for a person: what is wrong and what to do
/// @param info elements of `error-info` that the tag prescribes
public record RpcError(
    ErrorType type,
    ErrorTag tag,
    Optional<String> appTag,
    Optional<ErrorPath> path,
    String message,
    List<Info> info) {
  public RpcError {
    info = List.copyOf(info);
  }

  /// A plain error without path and app-tag.
  public static RpcError of(ErrorType type, ErrorTag tag, String message) {
    return new RpcError(type, tag, Optional.empty(), Optional.empty(), message, List.of());
  }

  public RpcError withAppTag(String value) {
    return new RpcError(type, tag, Optional.of(value), path, message, info);
  }

  public RpcError withPath(ErrorPath value) {
    return new RpcError(type, tag, appTag, Optional.of(value), message, info);
  }

  public RpcError withInfo(Info... more) {
    return new RpcError(type, tag, appTag, path, message, List.of(more));
  }

  public RpcException asException() {
    return new RpcException(List.of(this));
  }

  /// An absolute instance path in XPath form.
  ///
  /// @param xpath such as `/ntp:ntp/ntp:unicast-configuration[ntp:address='10.0.0.1']`
  /// @param namespaces prefix to namespace for every prefix used
  public record ErrorPath(String xpath, Map<String, String> namespaces) {
    public ErrorPath {
      namespaces = Map.copyOf(namespaces);
    }
  }

  /// One element of `error-info`.
  ///
  /// @param name element name such as `bad-element`, `bad-attribute`, `session-id`, or `non-unique`
  ///   and `missing-choice` of urn:ietf:params:xml:ns:yang:1
  /// @param namespace its namespace
  /// @param value its text; empty if it holds elements
  /// @param children the elements in it
  public record Info(String name, String namespace, String value, List<Info> children) {
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    public Info {
      children = List.copyOf(children);
    }

    public Info(String name, String namespace, String value) {
      this(name, namespace, value, List.of());
    }

    public static Info badElement(String element) {
      return new Info("bad-element", BASE, element);
    }

    public static Info badAttribute(String attribute) {
      return new Info("bad-attribute", BASE, attribute);
    }

    public static Info badNamespace(String namespace) {
      return new Info("bad-namespace", BASE, namespace);
    }

    public static Info sessionId(long id) {
      return new Info("session-id", BASE, Long.toString(id));
    }
  }
}
