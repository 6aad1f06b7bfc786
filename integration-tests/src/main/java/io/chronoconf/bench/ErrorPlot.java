package io.chronoconf.bench;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The magnitude of clocks' errors over time, on a logarithmic axis, as SVG.
final class ErrorPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int POINTS = 400;
  private static final double LEAST_US = 0.01;

  private final XYChart chart;
  private int seconds;

  ErrorPlot(String title) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("time, s")
            .yAxisTitle("error, us")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // dashes would be written one by one
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.25f));
  }

  /// A line of errors in seconds, one per second; so many in a row as give a few hundred points are
  /// drawn as their root mean square.
  void add(String name, double[] errors) {
    seconds = errors.length;
    int points = Math.min(POINTS, errors.length);
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      int from = (int) ((long) i * errors.length / points);
      int to = (int) ((long) (i + 1) * errors.length / points);
      double square = 0;
      for (int second = from; second < to; second++) {
        square += errors[second] * errors[second];
      }
      x[i] = (from + to) / 2.0;
      y[i] = Math.max(Math.sqrt(square / (to - from)) * 1e6, LEAST_US);
    }
    draw(name, x, y).setLineWidth(1);
  }

  /// A dashed line at so many microseconds, as long as the line before.
  void addLevel(String name, double us) {
    XYSeries level = draw(name, new double[] {0, seconds}, new double[] {us, us});
    level.setLineStyle(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 4}, 0));
  }

  private XYSeries draw(String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  String svg() throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, WIDTH, HEIGHT);
    CommandSequence commands = graphics.getCommands();
    Document document =
        Processors.get("svg").getDocument(commands, new PageSize(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.writeTo(bytes);
    return CompactSvg.of(bytes.toString(StandardCharsets.UTF_8));
  }
}
