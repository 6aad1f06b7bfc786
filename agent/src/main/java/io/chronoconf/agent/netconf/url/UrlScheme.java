package io.chronoconf.agent.netconf.url;

import io.chronoconf.datastore.error.RpcException;
import java.net.URI;

/// One kind of URL. Any thread; blocks.
public interface UrlScheme {
  /// What lies there.
  byte[] read(URI uri) throws RpcException;

  /// Puts something there, as a whole or not at all.
  void write(URI uri, byte[] content) throws RpcException;

  /// Deletes what lies there.
  void delete(URI uri) throws RpcException;
}
