package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedLogTest {
  private final List<String> lines = new ArrayList<>();
  private long now = 5;
  private final LimitedLog log = new LimitedLog(() -> now);

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      log.write(lines::add, "kiss");
    }
  }

  @Test
  void whatIsSaidNowAndThenIsSaid() {
    for (int i = 0; i < 1_000; i++) {
      write(1);
      now += LimitedLog.NANOS_PER_LINE;
    }
    assertEquals(1_000, lines.size());
    assertEquals(List.of("kiss"), lines.stream().distinct().toList());
  }

  @Test
  void aFloodIsCutOffAndCounted() {
    write(LimitedLog.MAX_AT_ONCE + 5_000);
    assertEquals(LimitedLog.MAX_AT_ONCE, lines.size());
    now += LimitedLog.NANOS_PER_LINE;
    write(100);
    assertEquals(LimitedLog.MAX_AT_ONCE + 1, lines.size());
    assertEquals("kiss (5000 lines like it were left out)", lines.getLast());
  }

  @Test
  void aDayOfFloodIsALineAMinute() {
    for (int second = 0; second < 86_400; second++) {
      write(50);
      now += 1_000_000_000L;
    }
    assertEquals(LimitedLog.MAX_AT_ONCE + 1_439, lines.size());
  }

  @Test
  void afterSilenceThereIsRoomAgainButNoMoreThanBefore() {
    write(1_000);
    now += 1_000 * LimitedLog.NANOS_PER_LINE;
    lines.clear();
    write(1_000);
    assertEquals(LimitedLog.MAX_AT_ONCE, lines.size());
  }
}
