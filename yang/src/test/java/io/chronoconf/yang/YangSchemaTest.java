package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.yang.ModuleEntry.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;

class YangSchemaTest {
  private static final YangSchema SCHEMA = YangSchema.load();

  @Test
  void announcesWhatIsBuiltAndWhoDeviates() {
    ModuleEntry ntp = only("ietf-ntp");
    assertEquals(Conformance.IMPLEMENT, ntp.conformance());
    assertEquals("2022-07-05", ntp.revision());
    assertEquals(List.of("ntp-port", "unicast-configuration"), ntp.features());
    assertEquals(List.of("chronoconf-deviations", "chronoconf-not-yet"), ntp.deviations());
    assertEquals(Conformance.IMPORT, only("ietf-inet-types").conformance());
    assertEquals(28, SCHEMA.modules().size());
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ietf-ntp/ntp/authentication",
        "ietf-ntp/ntp/access-rules",
        "ietf-ntp/ntp/interfaces",
        "ietf-ntp/ntp/unicast-configuration/source",
        "ietf-ntp/ntp/dscp",
        "ietf-ntp/ntp/extended-unicast-configuration",
        "ietf-system/system/ntp",
        "ietf-system/system/dns-resolver",
        "ietf-netconf-acm/nacm",
        "ietf-network-instance/network-instances",
        "ietf-interfaces/interfaces/interface/ipv4",
        "ietf-interfaces/interfaces/interface/oper-status"
      })
  void hasNotWhatIsNotBuilt(String path) {
    assertTrue(find(path).isEmpty(), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ietf-ntp/ntp/port",
        "ietf-ntp/ntp/enabled",
        "ietf-ntp/ntp/refclock-master/address",
        "ietf-ntp/ntp/unicast-configuration/iburst",
        "ietf-ntp/ntp/associations/association/flags",
        "ietf-ntp/ntp/clock-state/system-status/degraded",
        "ietf-system/system/clock/protocol",
        "ietf-system/system/authentication/user",
        "ietf-interfaces/interfaces/interface/type",
        "ietf-access-control-list/acls/acl"
      })
  void hasWhatIsBuilt(String path) {
    assertTrue(find(path).isPresent(), path);
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
  void namesTheFileThatHasNoRevisionInItsName(@TempDir Path folder) throws IOException {
    write(folder, "one.yang", "");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("rename it to module@revision.yang"));
  }

  @Test
  void namesTheModuleThatDoesNotParse(@TempDir Path folder) throws IOException {
    write(folder, "one@2026-01-01.yang", "leaf;");
    YangSchemaException e =
        assertThrows(YangSchemaException.class, () -> YangSchema.load(List.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("one"), e.getMessage());
  }

  /// A second opinion on the announced set: libyang's.
  @Test
  void yanglintLoadsTheAnnouncedSet() throws IOException, InterruptedException {
    Path yanglint = Path.of("/usr/bin/yanglint");
    if (!Files.isExecutable(yanglint)) {
      assertFalse("true".equals(System.getenv("CI")), "install libyang2-tools");
      Assumptions.abort("yanglint is not installed (package libyang2-tools)");
    }
    Path folder = Path.of("target/classes/META-INF/yang").toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(yanglint.toString(), "-p", folder.toString()));
    for (ModuleEntry module : SCHEMA.modules()) {
      if (!module.features().isEmpty() && !module.name().equals("ietf-netconf")) {
        command.addAll(List.of("-F", module.name() + ":" + String.join(",", module.features())));
      }
    }
    for (ModuleEntry module : SCHEMA.modules()) {
      // libyang has its own copy of ietf-netconf inside.
      if (module.conformance() == Conformance.IMPLEMENT && !module.name().equals("ietf-netconf")) {
        command.add(folder.resolve(module.fileName()).toString());
      }
    }
    Path output = Files.createTempFile("yanglint", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String printed = Files.readString(output);
    Files.delete(output);
    assertEquals(0, process.exitValue(), printed);
    assertFalse(printed.contains("libyang err"), printed);
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
