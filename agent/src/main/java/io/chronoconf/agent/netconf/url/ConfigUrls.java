package io.chronoconf.agent.netconf.url;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Fetches, stores and deletes what lies at URLs. Any thread; blocks.
public final class ConfigUrls {
  /// No URL at all.
  public static final ConfigUrls NONE = new ConfigUrls(Map.of());

  private final Map<String, UrlScheme> schemes;

  /// @param schemes by name, in lower case
  public ConfigUrls(Map<String, UrlScheme> schemes) {
    this.schemes = new TreeMap<>(schemes);
  }

  /// The schemes there are, sorted; empty if URLs are not supported.
  public Set<String> schemes() {
    return new TreeSet<>(schemes.keySet());
  }

  /// What lies there.
  ///
  /// @throws RpcException invalid-value for a bad URL, operation-failed if it cannot be fetched,
  ///   too-big if it is longer than a message may be
  public byte[] read(String url) throws RpcException {
    URI uri = parse(url);
    return scheme(uri).read(uri);
  }

  /// Puts something there, in place of what there is.
  ///
  /// @throws RpcException invalid-value for a bad URL, operation-failed if it cannot be stored
  public void write(String url, byte[] content) throws RpcException {
    URI uri = parse(url);
    scheme(uri).write(uri, content);
  }

  /// Deletes what lies there.
  ///
  /// @throws RpcException invalid-value for a bad URL, operation-failed if it cannot be deleted
  public void delete(String url) throws RpcException {
    URI uri = parse(url);
    scheme(uri).delete(uri);
  }

  private UrlScheme scheme(URI uri) throws RpcException {
    String name =
        Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(java.util.Locale.ROOT);
    UrlScheme scheme = schemes.get(name);
    if (scheme == null) {
      throw invalid(
          "URLs of scheme %s are not supported here: use %s."
              .formatted(name.isEmpty() ? "none" : name, String.join(" or ", schemes.keySet())));
    }
    return scheme;
  }

  private static URI parse(String url) throws RpcException {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw invalid("This is no URL: " + e.getReason() + ".");
    }
  }

  static RpcException invalid(String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE, why)
        .withInfo(RpcError.Info.badElement("url"))
        .asException();
  }

  static RpcException failed(String why) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, why).asException();
  }

  static RpcException tooBig(int maxBytes) {
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.TOO_BIG,
            "What lies at the URL is longer than %d bytes, which is the limit of a message."
                .formatted(maxBytes))
        .asException();
  }
}
