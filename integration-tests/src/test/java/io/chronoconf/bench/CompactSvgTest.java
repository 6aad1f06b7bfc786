package io.chronoconf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CompactSvgTest {
  @Test
  void joinsLinesOfOneStyleToPaths() {
    assertEquals(
        """
        <path style="a" d="M1,2L3.1,4L5,6M9,9L8,8"/>
        <path style="b" d="M8,8L7,7"/>
        """,
        CompactSvg.of(
            """
            <line style="a" x1="1" x2="3.14" y1="2" y2="4"/>
            <line style="a" x1="3.14" x2="5" y1="4" y2="6"/>
            <line style="a" x1="9" x2="8" y1="9" y2="8"/>
            <line style="b" x1="8" x2="7" y1="8" y2="7"/>
            """));
  }

  @Test
  void namesClipsInTheirOrder() {
    assertEquals("clip-1 clip-2 clip-1", CompactSvg.of("clip99 clip5 clip99"));
  }

  @Test
  void drawsTheSamePictureTwice() throws IOException {
    assertEquals(plot(), plot());
    assertTrue(plot().contains("<path"), "a line is drawn");
    assertTrue(plot().length() < 100_000, "and small");
  }

  private static String plot() throws IOException {
    double[] errors = new double[3000];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sin(i / 100.0) * 1e-4;
    }
    ErrorPlot plot = new ErrorPlot("A sine");
    plot.add("error", errors);
    plot.addLevel("level", 70);
    return plot.svg();
  }
}
