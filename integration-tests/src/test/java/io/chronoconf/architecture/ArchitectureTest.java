package io.chronoconf.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The arrows: integration-tests -> agent -> { datastore -> yang, ntp-engine, yang }.
class ArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("tests.jar"))
          .importPackages("io.chronoconf");

  private static final String[] NTP_CORE = {
    "io.chronoconf.ntp.time..",
    "io.chronoconf.ntp.packet..",
    "io.chronoconf.ntp.access..",
    "io.chronoconf.ntp.auth..",
    "io.chronoconf.ntp.control..",
    "io.chronoconf.ntp.host..",
    "io.chronoconf.ntp.mru..",
    "io.chronoconf.ntp.filter..",
    "io.chronoconf.ntp.association..",
    "io.chronoconf.ntp.selection..",
    "io.chronoconf.ntp.discipline..",
    "io.chronoconf.ntp.server..",
    "io.chronoconf.ntp.engine.."
  };

  private static final Set<String> HIDDEN_INPUTS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current");

  @Test
  void theYangModuleKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("io.chronoconf.yang..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.chronoconf.datastore..", "io.chronoconf.ntp..", "io.chronoconf.agent..")
        .check(CODE);
  }

  @Test
  void theDatastoreKnowsOnlyYang() {
    noClasses()
        .that()
        .resideInAPackage("io.chronoconf.datastore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.chronoconf.ntp..", "io.chronoconf.agent..", "org.apache.sshd..")
        .check(CODE);
  }

  @Test
  void theEngineKnowsNeitherYangNorNetconf() {
    noClasses()
        .that()
        .resideInAPackage("io.chronoconf.ntp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.chronoconf.yang..",
            "io.chronoconf.datastore..",
            "io.chronoconf.agent..",
            "org.opendaylight..",
            "org.apache.sshd..")
        .check(CODE);
  }

  @Test
  void theCoreOfTheEngineUsesTheJdkOnly() {
    classes()
        .that()
        .resideInAnyPackage(NTP_CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            withMore(
                NTP_CORE,
                "java.lang..",
                "java.util..",
                "java.math..",
                "java.time..",
                "java.nio..",
                "java.net",
                "java.io",
                "java.security..",
                "javax.crypto..",
                "org.jspecify.annotations"))
        .check(CODE);
    noClasses()
        .that()
        .resideInAnyPackage(NTP_CORE)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.net\\.(Datagram|Socket|ServerSocket|Multicast).*|java\\.nio\\.channels\\..*"
                + "|java\\.lang\\.Thread|java\\.lang\\.foreign\\..*")
        .check(CODE);
  }

  @Test
  void theCoreOfTheEngineIsGivenTimeAndChance() {
    noClasses()
        .that()
        .resideInAnyPackage(NTP_CORE)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "reads a clock or chance by itself",
                (JavaMethodCall call) ->
                    HIDDEN_INPUTS.contains(
                        call.getTargetOwner().getName() + "." + call.getTarget().getName())))
        .check(CODE);
  }

  @Test
  void foreignLibrariesStayInTheirPackage() {
    Map<String, String> homes =
        Map.of(
            "io.netty..", "io.chronoconf.ntp.io..",
            "java.lang.foreign..", "io.chronoconf.ntp.linux..",
            "org.apache.sshd..", "io.chronoconf.agent.ssh..",
            "com.fasterxml.jackson..", "io.chronoconf.agent.cli..");
    homes.forEach(
        (library, home) ->
            noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CODE));
  }

  @Test
  void netconfAndNtpMeetOnlyInTheModel() {
    noClasses()
        .that()
        .resideInAPackage("io.chronoconf.agent.netconf..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.chronoconf.ntp..", "org.apache.sshd..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.chronoconf.agent.ssh..",
            "io.chronoconf.agent.tls..",
            "io.chronoconf.agent.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.chronoconf.ntp..", "org.opendaylight..")
        .check(CODE);
  }

  @Test
  void packagesHaveNoCycles() {
    for (String part : new String[] {"yang", "datastore", "ntp", "agent"}) {
      slices()
          .matching("io.chronoconf." + part + ".(**)")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(CODE);
    }
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Abstract|Base)(\\$.*)?")
        .check(CODE);
  }

  @Test
  void onlyTheMainPackageEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.chronoconf.agent", "io.chronoconf.bench..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CODE);
  }

  private static String[] withMore(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /// The import itself must have found the code, or every rule above would hold of nothing.
  @Test
  void theCodeWasFound() {
    Set<String> found =
        CODE.stream().map(JavaClass::getPackageName).collect(java.util.stream.Collectors.toSet());
    for (String name :
        new String[] {
          "io.chronoconf.yang",
          "io.chronoconf.datastore",
          "io.chronoconf.ntp.engine",
          "io.chronoconf.ntp.linux",
          "io.chronoconf.agent",
          "io.chronoconf.agent.ssh"
        }) {
      org.junit.jupiter.api.Assertions.assertTrue(found.contains(name), name + " is missing");
    }
  }
}
