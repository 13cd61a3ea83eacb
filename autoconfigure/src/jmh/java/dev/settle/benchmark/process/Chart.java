package dev.settle.benchmark.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A line chart as SVG, readable in light and in dark; needs no fonts where it is written. */
public final class Chart {

    private static final int WIDTH = 860;
    private static final int LEFT = 80;
    private static final int PLOT = 520;
    private static final int TOP = 34;
    private static final int HEIGHT = 250;
    private static final int BOTTOM = 42;
    private static final List<String> COLOURS = List.of(
            "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8a63d2", "#888888", "#e41a1c",
            "#4daf4a", "#984ea3", "#a65628", "#00a5a5");
    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #24292f } .title { font-weight: bold }
            .axis { stroke: #8c959f; fill: none } .grid { stroke: #d0d7de; stroke-width: .5 }
            .line { fill: none; stroke-width: 2 } .peer { stroke-dasharray: 5 4 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #3d444d } }
            </style>
            """;

    /**
     * An axis.
     *
     * @param title what it shows, with its unit
     * @param ticks the values that are written beside it, the first and last are its ends
     * @param words how a value is written
     * @param log whether each step multiplies; then all ticks are positive
     */
    public record Axis(String title, List<Double> ticks, DoubleFunction<String> words, boolean log) {

        private double at(double value) {
            double first = scaled(this.ticks.get(0));
            return (scaled(value) - first) / (scaled(this.ticks.get(this.ticks.size() - 1)) - first);
        }

        private double scaled(double value) {
            return this.log ? Math.log10(Math.max(value, this.ticks.get(0))) : value;
        }
    }

    /** A line: a name, points of x and y, and whether it is another's. */
    public record Line(String name, List<double[]> points, boolean peer) {}

    /** A panel of a picture; panels stand below one another. */
    public record Panel(Axis x, Axis y, List<Line> lines) {}

    private Chart() {}

    /** Draws the panels. */
    public static String draw(List<Panel> panels) {
        int each = TOP + HEIGHT + BOTTOM;
        List<String> parts = new ArrayList<>();
        parts.add(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">",
                WIDTH, each * panels.size(), WIDTH, each * panels.size()));
        parts.add(STYLE);
        for (int i = 0; i < panels.size(); i++) {
            parts.add(text("<g transform=\"translate(%d,%d)\">", LEFT, i * each + TOP));
            draw(panels.get(i), parts);
            parts.add("</g>");
        }
        parts.add("</svg>\n");
        return String.join("\n", parts);
    }

    private static void draw(Panel panel, List<String> parts) {
        parts.add(text(
                "<text class=\"title\" x=\"0\" y=\"-14\">%s</text>", panel.y().title()));
        for (double tick : panel.y().ticks()) {
            double y = y(panel, tick);
            parts.add(text("<line class=\"grid\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", PLOT, y, y));
            parts.add(text(
                    "<text x=\"-8\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    y + 4, panel.y().words().apply(tick)));
        }
        for (double tick : panel.x().ticks()) {
            parts.add(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(panel, tick), HEIGHT + 17, panel.x().words().apply(tick)));
        }
        parts.add(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                PLOT / 2, HEIGHT + 34, panel.x().title()));
        parts.add(text("<path class=\"axis\" d=\"M0,0V%d H%d\"/>", HEIGHT, PLOT));
        for (int i = 0; i < panel.lines().size(); i++) {
            draw(panel, panel.lines().get(i), i, parts);
        }
    }

    private static void draw(Panel panel, Line line, int index, List<String> parts) {
        String colour = COLOURS.get(index % COLOURS.size());
        String style = line.peer() ? "line peer" : "line";
        StringBuilder path = new StringBuilder();
        for (double[] point : line.points()) {
            path.append(text("%s%.1f,%.1f", path.isEmpty() ? "M" : "L", x(panel, point[0]), y(panel, point[1])));
        }
        parts.add(text("<path class=\"%s\" stroke=\"%s\" d=\"%s\"/>", style, colour, path));
        int y = 6 + index * 19;
        parts.add(text("<path class=\"%s\" stroke=\"%s\" d=\"M%d,%dh24\"/>", style, colour, PLOT + 14, y));
        parts.add(text("<text x=\"%d\" y=\"%d\">%s</text>", PLOT + 44, y + 4, line.name()));
    }

    private static double x(Panel panel, double value) {
        return panel.x().at(value) * PLOT;
    }

    private static double y(Panel panel, double value) {
        return HEIGHT - panel.y().at(value) * HEIGHT;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
