package io.chronoconf.yang;

import io.chronoconf.yang.ModuleEntry.Conformance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The modules that this agent announces, with their features. Adding a module begins here.
final class ModuleCatalogue {
  /// One row: the revision names the file, the features are those that work.
  record Row(String name, String revision, Conformance conformance, Set<String> features) {
    private static Row implemented(String name, String revision, String... features) {
      return new Row(name, revision, Conformance.IMPLEMENT, Set.of(features));
    }

    private static Row imported(String name, String revision, String... features) {
      return new Row(name, revision, Conformance.IMPORT, Set.of(features));
    }

    /// The same with more features.
    Row with(Set<String> more) {
      Set<String> all = new HashSet<>(features);
      all.addAll(more);
      return new Row(name, revision, conformance, Set.copyOf(all));
    }

    /// The namespace of a module follows from its name, except for those older than YANG.
    String namespace() {
      return switch (name) {
        case "ietf-netconf" -> "urn:ietf:params:xml:ns:netconf:base:1.0";
        case "ietf-netconf-partial-lock" -> "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";
        case "nc-notifications" -> "urn:ietf:params:xml:ns:netmod:notification";
        case "notifications" -> "urn:ietf:params:xml:ns:netconf:notification:1.0";
        default ->
            name.startsWith("chronoconf-")
                ? "urn:chronoconf:yang:" + name.substring("chronoconf-".length())
                : "urn:ietf:params:xml:ns:yang:" + name;
      };
    }
  }

  static final List<Row> ROWS =
      List.of(
          Row.implemented("chronoconf-clock", "2026-11-23"),
          Row.implemented("chronoconf-deviations", "2026-11-23"),
          Row.implemented("chronoconf-netconf-server", "2026-11-23"),
          Row.implemented("chronoconf-not-yet", "2026-11-23"),
          Row.implemented("chronoconf-ntp", "2026-11-23"),
          Row.implemented("chronoconf-transactions", "2026-11-23"),
          Row.implemented("chronoconf-types", "2026-11-23"),
          Row.implemented("chronoconf-vpn", "2026-11-23"),
          Row.implemented("iana-if-type", "2023-01-26"),
          Row.implemented(
              "ietf-access-control-list",
              "2019-03-04",
              "ipv4",
              "ipv6",
              "match-on-ipv4",
              "match-on-ipv6",
              "match-on-udp"),
          Row.implemented("ietf-datastores", "2018-02-14"),
          Row.implemented("ietf-factory-default", "2020-08-31", "factory-default-datastore"),
          Row.implemented("ietf-interfaces", "2018-02-20", "pre-provisioning"),
          Row.implemented("ietf-ip", "2018-02-22"),
          Row.implemented(
              "ietf-netconf",
              "2011-06-01",
              "candidate",
              "confirmed-commit",
              "rollback-on-error",
              "validate",
              "xpath"),
          Row.implemented("ietf-netconf-acm", "2018-02-14"),
          Row.implemented("ietf-netconf-monitoring", "2010-10-04"),
          Row.implemented("ietf-netconf-nmda", "2019-01-07", "origin", "with-defaults"),
          Row.implemented("ietf-netconf-notifications", "2012-02-06"),
          Row.implemented("ietf-netconf-partial-lock", "2009-10-19"),
          Row.implemented("ietf-netconf-with-defaults", "2011-06-01"),
          Row.implemented("ietf-network-instance", "2019-01-21"),
          Row.implemented("ietf-nmda-compare", "2021-12-10"),
          Row.implemented(
              "ietf-ntp",
              "2022-07-05",
              "access-rules",
              "authentication",
              "broadcast-client",
              "broadcast-server",
              "deprecated",
              "hex-key-string",
              "manycast-client",
              "manycast-server",
              "multicast-client",
              "multicast-server",
              "ntp-port",
              "unicast-configuration"),
          Row.implemented("ietf-origin", "2018-02-14"),
          Row.implemented(
              "ietf-subscribed-notifications",
              "2019-09-09",
              "encode-xml",
              "replay",
              "subtree",
              "xpath"),
          Row.implemented(
              "ietf-system",
              "2014-08-06",
              "authentication",
              "local-users",
              "ntp",
              "ntp-udp-port",
              "timezone-name"),
          Row.implemented("ietf-yang-library", "2019-01-04"),
          Row.implemented("ietf-yang-push", "2019-09-09", "on-change"),
          Row.implemented("nc-notifications", "2008-07-14"),
          Row.implemented("notifications", "2008-07-14"),
          Row.imported("iana-crypt-hash", "2014-08-06", "crypt-hash-sha-256", "crypt-hash-sha-512"),
          Row.imported("ietf-ethertypes", "2019-03-04"),
          Row.imported("ietf-inet-types", "2013-07-15"),
          Row.imported("ietf-packet-fields", "2019-03-04"),
          Row.imported("ietf-restconf", "2017-01-26"),
          Row.imported("ietf-routing-types", "2017-12-04"),
          Row.imported("ietf-x509-cert-to-name", "2014-12-10"),
          Row.imported("ietf-yang-metadata", "2016-08-05"),
          Row.imported("ietf-yang-patch", "2017-02-22"),
          Row.imported("ietf-yang-schema-mount", "2019-01-14"),
          Row.imported("ietf-yang-types", "2013-07-15"));

  private ModuleCatalogue() {}
}
