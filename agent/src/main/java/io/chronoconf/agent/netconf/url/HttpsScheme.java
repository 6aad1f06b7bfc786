package io.chronoconf.agent.netconf.url;

import io.chronoconf.datastore.error.RpcException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/// Files of web servers: GET fetches, PUT stores, DELETE deletes. A server must have a certificate
/// that the client trusts; redirections are not followed.
public final class HttpsScheme implements UrlScheme {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SUCCESS = 2;

  private final Supplier<HttpClient> client;
  private final int maxBytes;

  /// @param client made when it is first needed, and asked for each time
  /// @param maxBytes longest answer that is read
  public HttpsScheme(Supplier<HttpClient> client, int maxBytes) {
    this.client = client;
    this.maxBytes = maxBytes;
  }

  @Override
  public byte[] read(URI uri) throws RpcException {
    return exchange("GET", uri, BodyPublishers.noBody());
  }

  @Override
  public void write(URI uri, byte[] content) throws RpcException {
    exchange("PUT", uri, BodyPublishers.ofByteArray(content));
  }

  @Override
  public void delete(URI uri) throws RpcException {
    exchange("DELETE", uri, BodyPublishers.noBody());
  }

  private byte[] exchange(String method, URI uri, BodyPublisher body) throws RpcException {
    HttpRequest request = request(method, uri, body);
    try {
      HttpResponse<InputStream> response = client.get().send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() / 100 != SUCCESS) {
          throw ConfigUrls.failed(
              "%s answered %s with status %d."
                  .formatted(uri.getHost(), method, response.statusCode()));
        }
        byte[] content = in.readNBytes(maxBytes + 1);
        if (content.length > maxBytes) {
          throw ConfigUrls.tooBig(maxBytes);
        }
        return content;
      }
    } catch (IOException e) {
      throw ConfigUrls.failed(
          "%s failed at %s: %s."
              .formatted(
                  method,
                  uri.getHost(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConfigUrls.failed("The session ended before %s was done.".formatted(method));
    }
  }

  private static HttpRequest request(String method, URI uri, BodyPublisher body)
      throws RpcException {
    try {
      return HttpRequest.newBuilder(uri)
          .timeout(PATIENCE)
          .header("Content-Type", "application/yang-data+xml")
          .method(method, body)
          .build();
    } catch (IllegalArgumentException e) {
      throw ConfigUrls.invalid(
          "This is no URL to fetch: " + e.getMessage() + ". Write https://host/path.");
    }
  }
}
