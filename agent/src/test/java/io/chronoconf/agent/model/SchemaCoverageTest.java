package io.chronoconf.agent.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.ietfntp.NtpPaths;
import io.chronoconf.agent.model.ietfsystem.SystemPaths;
import io.chronoconf.agent.model.stored.StoredPaths;
import io.chronoconf.yang.YangSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCoverageTest {
  private static final YangSchema SCHEMA = YangSchema.load();
  private static final List<PathTable> MODEL_TABLES =
      List.of(NtpPaths.TABLE, SystemPaths.TABLE, StoredPaths.TABLE);

  private static List<String> holes(PathTable... more) {
    List<PathTable> tables = new ArrayList<>(MODEL_TABLES);
    tables.addAll(List.of(more));
    return SchemaCoverage.holes(SCHEMA, tables);
  }

  @Test
  void aNodeThatNobodyHandlesIsAHole() {
    List<String> holes = SchemaCoverage.holes(SCHEMA, List.of(NtpPaths.TABLE));
    assertTrue(holes.contains("/sys:system/sys:contact is handled by nobody"), holes.toString());
  }

  @Test
  void aNodeThatTwoHandleIsAHole() {
    assertTrue(
        holes(PathTable.of("more", "config /ntp:ntp"))
            .contains("/ntp:ntp is claimed by ntp and by more"));
  }

  @Test
  void aRowWithoutANodeIsAHole() {
    assertTrue(
        holes(PathTable.of("more", "config /ntp:ntp/ntp:gone"))
            .contains("/ntp:ntp/ntp:gone of more is not in the schema"));
  }

  @Test
  void stateThatIsTakenForConfigurationIsAHole() {
    assertTrue(
        holes(PathTable.of("more", "config /sys:system-state/sys:platform/sys:machine"))
            .contains("/sys:system-state/sys:platform/sys:machine of more is STATE in the schema"));
  }
}
