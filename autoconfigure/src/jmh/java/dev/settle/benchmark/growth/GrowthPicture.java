package dev.settle.benchmark.growth;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Chart;
import dev.settle.benchmark.process.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table as a picture, both axes logarithmic: what is level does not depend on how many there are. */
final class GrowthPicture {

    private static final Chart.Axis ENTRIES = new Chart.Axis(
            "entries that are there already", List.of(1.0, 100.0, 10_000.0, 1_000_000.0), GrowthPicture::words, true);

    private GrowthPicture() {}

    static String of(List<Figure> figures) {
        return Chart.draw(List.of(
                panel("one comes and leaves, ns", ", beside ", Unit.NANOS, figures, 10, 100_000),
                panel("held by each entry, bytes", "of ", Unit.LIVE, figures, 10, 10_000)));
    }

    private static Chart.Panel panel(
            String title, String before, String unit, List<Figure> figures, double from, double to) {
        List<Double> ticks = new ArrayList<>();
        for (double tick = from; tick <= to; tick *= 10) {
            ticks.add(tick);
        }
        List<Chart.Line> lines = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            Map<Double, Double> points = new TreeMap<>();
            figures.stream()
                    .filter(figure -> figure.unit().equals(unit)
                            && figure.subject().equals(subject.title())
                            && figure.scenario().startsWith(subject.entries() + ":"))
                    .forEach(figure -> points.put(count(figure.scenario(), before), figure.median()));
            if (!points.isEmpty()) {
                lines.add(new Chart.Line(
                        name(subject),
                        points.entrySet().stream()
                                .map(point -> new double[] {point.getKey(), point.getValue()})
                                .toList(),
                        !subject.title().startsWith("Settle")));
            }
        }
        return new Chart.Panel(ENTRIES, new Chart.Axis(title, ticks, GrowthPicture::words, true), lines);
    }

    private static String name(Subject subject) {
        return subject.title().startsWith("Settle")
                ? "Settle: " + subject.entries()
                : (subject.library() == Library.NONE ? "the JDK: " : "Resilience4j: ") + subject.entries();
    }

    private static double count(String scenario, String before) {
        return Double.parseDouble(scenario.substring(scenario.lastIndexOf(before) + before.length()));
    }

    private static String words(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
