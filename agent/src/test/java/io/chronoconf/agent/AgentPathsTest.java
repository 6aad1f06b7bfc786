package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.model.SchemaCoverage;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentPathsTest {
  /// What the agent checks when it starts.
  @Test
  void everyNodeOfTheSchemaIsHandledOnce() {
    assertEquals(List.of(), SchemaCoverage.holes(YangSchema.load(), Agent.PATHS));
  }
}
