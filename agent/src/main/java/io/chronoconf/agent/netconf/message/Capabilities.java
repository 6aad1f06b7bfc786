package io.chronoconf.agent.netconf.message;

import java.util.Set;

/// Capability URIs of the protocol itself.
public final class Capabilities {
  public static final String BASE_1_0 = "urn:ietf:params:netconf:base:1.0";
  public static final String BASE_1_1 = "urn:ietf:params:netconf:base:1.1";
  public static final String CANDIDATE = "urn:ietf:params:netconf:capability:candidate:1.0";
  public static final String CONFIRMED_COMMIT =
      "urn:ietf:params:netconf:capability:confirmed-commit:1.1";
  public static final String WRITABLE_RUNNING =
      "urn:ietf:params:netconf:capability:writable-running:1.0";
  public static final String STARTUP = "urn:ietf:params:netconf:capability:startup:1.0";
  public static final String PARTIAL_LOCK = "urn:ietf:params:netconf:capability:partial-lock:1.0";
  public static final String VALIDATE = "urn:ietf:params:netconf:capability:validate:1.1";
  public static final String ROLLBACK_ON_ERROR =
      "urn:ietf:params:netconf:capability:rollback-on-error:1.0";
  public static final String XPATH = "urn:ietf:params:netconf:capability:xpath:1.0";
  public static final String NOTIFICATION = "urn:ietf:params:netconf:capability:notification:1.0";
  public static final String INTERLEAVE = "urn:ietf:params:netconf:capability:interleave:1.0";
  public static final String WITH_DEFAULTS =
      "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit"
          + "&also-supported=report-all,report-all-tagged,trim";

  public static final String WITH_OPERATIONAL_DEFAULTS =
      "urn:ietf:params:netconf:capability:with-operational-defaults:1.0";

  private Capabilities() {}

  /// RFC 6241 section 8.8.3.
  public static String url(Set<String> schemes) {
    return "urn:ietf:params:netconf:capability:url:1.0?scheme=" + String.join(",", schemes);
  }

  /// RFC 8526 section 2: revision and content-id are both there, always.
  public static String yangLibrary(String contentId) {
    return "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04&content-id="
        + contentId;
  }
}
