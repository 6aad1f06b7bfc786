package io.chronoconf.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessSubcommandTest {
  @Test
  void printsItsFiguresOnOneLine() throws Exception {
    String line = AccessSubcommand.line(50, 1, 1);
    assertTrue(
        line.matches(
            "entries=50 compiled_per_s=\\d+ linear_per_s=\\d+ ratio=\\d+\\.\\d"
                + " build_ms=\\d+\\.\\d kib=\\d+"),
        line);
  }

  @Test
  void refusesRunsThatCannotBe() {
    assertThrows(UsageException.class, () -> new AccessSubcommand().run(List.of("--runs", "0")));
  }
}
