package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.yang.ModuleEntry.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.SchemaNode;

class YangSchemaTest {
  private static final YangSchema SCHEMA = YangSchema.load();
  private static final String INSTANCE =
      """
      <network-instances xmlns="urn:ietf:params:xml:ns:yang:ietf-network-instance">
        <network-instance><name>vpn1</name><vpn-instance xmlns="urn:chronoconf:yang:vpn"/>
        </network-instance></network-instances>
      """;

  @Test
  void announcesWhatIsBuiltAndWhoDeviates() {
    ModuleEntry ntp = only("ietf-ntp");
    assertEquals(Conformance.IMPLEMENT, ntp.conformance());
    assertEquals("2022-07-05", ntp.revision());
    assertEquals(
        List.of(
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
        ntp.features());
    assertEquals(List.of("chronoconf-deviations"), ntp.deviations());
    assertEquals(Conformance.IMPORT, only("ietf-inet-types").conformance());
    assertEquals(ModuleCatalogue.ROWS.size(), SCHEMA.modules().size());
  }

  @Test
  void featuresOfTheProtocolAreAMatterOfOptions() {
    YangSchema schema = YangSchema.load(List.of(), Set.of("startup"));
    assertEquals(
        List.of(
            "candidate", "confirmed-commit", "rollback-on-error", "startup", "validate", "xpath"),
        schema.modules("ietf-netconf").getFirst().features());
    assertNotEquals(SCHEMA.contentId(), schema.contentId());
    assertEquals(Set.of(), schema.foreignModules());
  }

  @Test
  void everyModuleHasItsText() {
    for (ModuleEntry module : SCHEMA.modules()) {
      String text = SCHEMA.source(module);
      assertTrue(text.contains("module " + module.name()), module.fileName());
      assertTrue(
          text.contains("revision " + module.revision())
              || text.contains("revision \"" + module.revision()),
          module.fileName());
    }
  }

  /// Everything else waits for its release and must not be in the model.
  @ParameterizedTest
  @CsvSource({
    "ietf-ntp/ntp, port refclock-master authentication access-rules clock-state"
        + " unicast-configuration associations interfaces ntp-statistics enabled"
        + " control-query-policy panic-threshold source dscp session-limits time-offset-threshold"
        + " extended-unicast-configuration",
    "ietf-ntp/ntp/refclock-master, master-stratum address additional-local-clock",
    "ietf-ntp/ntp/unicast-configuration, address type authentication prefer burst iburst source"
        + " minpoll maxpoll port version",
    "ietf-ntp/ntp/associations, association session-summary session",
    "ietf-system/system, contact hostname location clock ntp authentication",
    "ietf-system/system/clock, timezone protocol",
    "ietf-system/system/ntp, enabled server",
    "ietf-system/system/authentication, user",
    "ietf-system/system/authentication/user, name password authorized-key",
    "ietf-system/system-state, platform clock",
    "ietf-system/system-state/clock, current-datetime boot-datetime synchronization",
    "ietf-interfaces/interfaces/interface, name description type enabled oper-status last-change"
        + " phys-address higher-layer-if lower-layer-if statistics bind-ni-name device-name ipv4"
        + " ipv6",
    "ietf-interfaces/interfaces/interface/statistics, discontinuity-time in-octets"
        + " in-multicast-pkts in-discards in-errors out-octets out-discards out-errors",
    "ietf-interfaces/interfaces/interface/ipv4, enabled mtu address",
    "ietf-interfaces/interfaces/interface/ipv4/address, ip subnet",
    "ietf-interfaces/interfaces/interface/ipv6, enabled address",
    "ietf-interfaces/interfaces/interface/ipv6/address, ip prefix-length status",
    "ietf-network-instance/network-instances/network-instance, name enabled description ni-type"
        + " root-type",
    "ietf-access-control-list/acls, acl",
    "ietf-access-control-list/acls/acl, name type aces",
    "ietf-access-control-list/acls/acl/aces/ace, name matches actions",
  })
  void hasWhatIsBuiltAndNothingElse(String path, String children) {
    DataNodeContainer container = (DataNodeContainer) find(path).orElseThrow();
    assertEquals(
        Set.of(children.split(" ", -1)), Set.copyOf(localNames(container.getChildNodes())), path);
  }

  @Test
  void hasNoOtherTreesOperationsOrNotifications() {
    List<Module> implemented =
        SCHEMA.context().getModules().stream()
            .filter(module -> only(module.getName()).conformance() == Conformance.IMPLEMENT)
            .map(Module.class::cast)
            .toList();
    assertEquals(
        Set.of(
            "acls",
            "filters",
            "interfaces",
            "modules-state",
            "nacm",
            "netconf-server",
            "netconf",
            "netconf-state",
            "network-instances",
            "ntp",
            "system",
            "streams",
            "subscriptions",
            "system-state",
            "transactions",
            "yang-library"),
        implemented.stream()
            .flatMap(module -> localNames(module.getChildNodes()).stream())
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of(
            "accept-offset",
            "compare",
            "create-subscription",
            "delete-subscription",
            "edit-data",
            "establish-subscription",
            "factory-reset",
            "get-data",
            "get-schema",
            "kill-subscription",
            "modify-subscription",
            "partial-lock",
            "partial-unlock",
            "resync-subscription",
            "rollback",
            "set-current-datetime",
            "statistics-reset",
            "trace"),
        implemented.stream()
            .filter(module -> !module.getName().equals("ietf-netconf"))
            .flatMap(module -> localNames(module.getRpcs()).stream())
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of(
            "dynamic-session-limit",
            "netconf-capability-change",
            "netconf-config-change",
            "netconf-confirmed-commit",
            "netconf-session-end",
            "netconf-session-start",
            "notificationComplete",
            "push-change-update",
            "push-update",
            "replay-completed",
            "replayComplete",
            "stratum-changed",
            "subscription-modified",
            "subscription-resumed",
            "subscription-suspended",
            "subscription-terminated",
            "synchronization-state-changed",
            "system-peer-changed",
            "time-offset-exceeded"),
        implemented.stream()
            .flatMap(module -> localNames(module.getNotifications()).stream())
            .collect(Collectors.toSet()));
  }

  private static List<String> localNames(Collection<? extends SchemaNode> nodes) {
    return nodes.stream().map(node -> node.getQName().getLocalName()).toList();
  }

  @Test
  void contentIdFollowsTheModules(@TempDir Path folder) throws IOException {
    assertEquals(SCHEMA.contentId(), YangSchema.load().contentId());
    write(folder, "one@2026-01-01.yang", "revision 2026-01-01;");
    YangSchema larger = YangSchema.load(List.of(folder));
    assertNotEquals(SCHEMA.contentId(), larger.contentId());
    assertEquals(1, larger.modules("one").size());
  }

  @Test
  void keepsItsOwnTextOfAModuleThatAFolderHasToo(@TempDir Path folder) throws IOException {
    String name = "ietf-yang-types@2013-07-15.yang";
    Files.writeString(folder.resolve(name), "module ietf-yang-types { }");
    YangSchema same = YangSchema.load(List.of(folder));
    assertEquals(SCHEMA.contentId(), same.contentId());
    assertTrue(same.source(same.modules("ietf-yang-types").getFirst()).contains("counter32"));
  }

  @Test
  void refusesAnotherRevisionOfAModuleThatItImplements(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("ietf-ip@2014-06-16.yang"), "module ietf-ip { }");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("implements revision 2018-02-22"));
  }

  @Test
  void refusesAFileThatIsNotNamedAfterItsRevision(@TempDir Path folder) throws IOException {
    write(folder, "one@2026-01-02.yang", "revision 2026-01-01;");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("one@2026-01-01.yang"), e.getMessage());
  }

  @Test
  void namesTheFileThatHasNoRevisionInItsName(@TempDir Path folder) throws IOException {
    write(folder, "one.yang", "");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("rename it to module@revision.yang"));
  }

  @Test
  void namesTheModuleThatDoesNotParse(@TempDir Path folder) throws IOException {
    write(folder, "one@2026-01-01.yang", "revision 2026-01-01; leaf;");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("one"), e.getMessage());
  }

  @Test
  void libyangLoadsTheAnnouncedSetToo(@TempDir Path work) throws IOException, InterruptedException {
    Map<String, String> features = new LinkedHashMap<>();
    for (ModuleEntry module : SCHEMA.modules()) {
      if (!module.features().isEmpty()) {
        features.put(module.name(), String.join(",", module.features()));
      }
    }
    List<ModuleEntry> implemented =
        SCHEMA.modules().stream()
            .filter(module -> module.conformance() == Conformance.IMPLEMENT)
            .toList();
    Yanglint yanglint = new Yanglint(work, implemented, features);
    yanglint.judge("server", inNtp("10.1.1.1", "ntp:uc-server", ""));
    yanglint.judge("peer", inNtp("10.1.1.1", "ntp:uc-peer", ""));
    yanglint.judge("source", inNtp("10.1.1.1", "ntp:uc-server", "<source>eth0</source>"));
    yanglint.judge("instance", INSTANCE + inInterface("<ni:bind-ni-name>vpn1</ni:bind-ni-name>"));
    yanglint.judge("no instance", inInterface("<ni:bind-ni-name>vpn1</ni:bind-ni-name>"));
    String address =
        "<ip:%s><ip:address><ip:ip>%s</ip:ip><ip:prefix-length>8</ip:prefix-length></ip:address>"
            + "</ip:%s>";
    yanglint.judge("ipv4", inInterface(address.formatted("ipv4", "10.0.0.1", "ipv4")));
    yanglint.judge("ipv6", inInterface(address.formatted("ipv6", "2001:db8::1", "ipv6")));
    Map<String, String> verdicts = yanglint.verdicts();
    assertEquals("", verdicts.get(""));
    assertEquals("", verdicts.get("instance"));
    assertContains("no target", verdicts.get("no-instance"));
    assertContains("state node \"ipv4\"", verdicts.get("ipv4"));
    assertContains("state node \"ipv6\"", verdicts.get("ipv6"));
    assertEquals("", verdicts.get("server"));
    assertEquals("", verdicts.get("peer"));
    assertContains("no target instance", verdicts.get("source"));
  }

  private static void assertContains(String part, @Nullable String verdict) {
    assertTrue(String.valueOf(verdict).contains(part), String.valueOf(verdict));
  }

  private static String inInterface(String rest) {
    return """
    <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"
      xmlns:ip="urn:ietf:params:xml:ns:yang:ietf-ip"
      xmlns:ni="urn:ietf:params:xml:ns:yang:ietf-network-instance"
      xmlns:ianaift="urn:ietf:params:xml:ns:yang:iana-if-type"><interface><name>eth0</name>
      <type>ianaift:ethernetCsmacd</type>%s</interface></interfaces>
    """
        .formatted(rest);
  }

  private static String inNtp(String address, String type, String rest) {
    return """
    <ntp xmlns="urn:ietf:params:xml:ns:yang:ietf-ntp"
      xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp"><unicast-configuration>
    <address>%s</address><type>%s</type>%s</unicast-configuration></ntp>
    """
        .formatted(address, type, rest);
  }

  private static void write(Path folder, String file, String body) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "module one { yang-version 1.1; namespace \"urn:one\"; prefix o; " + body + " }");
  }

  private static ModuleEntry only(String name) {
    List<ModuleEntry> found = SCHEMA.modules(name);
    assertEquals(1, found.size(), name);
    return found.getFirst();
  }

  private static Optional<DataSchemaNode> find(String path) {
    List<String> steps = List.of(path.split("/", -1));
    Module module = SCHEMA.context().findModules(steps.getFirst()).iterator().next();
    DataNodeContainer at = module;
    Optional<DataSchemaNode> found = Optional.empty();
    for (String step : steps.subList(1, steps.size())) {
      found =
          at.getChildNodes().stream()
              .filter(child -> child.getQName().getLocalName().equals(step))
              .map(DataSchemaNode.class::cast)
              .findFirst();
      if (found.isEmpty() || !(found.get() instanceof DataNodeContainer next)) {
        return found;
      }
      at = next;
    }
    return found;
  }
}
