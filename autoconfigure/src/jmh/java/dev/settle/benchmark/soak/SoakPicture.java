package dev.settle.benchmark.soak;

import dev.settle.benchmark.process.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The course of a soak as a picture. */
final class SoakPicture {

    private static final int STEPS = 5;

    private SoakPicture() {}

    static String of(Course course) {
        Chart.Axis seconds = axis("seconds", Math.floor(course.last("second")));
        return Chart.draw(List.of(
                panel(seconds, "live heap after collection, MB", line("live heap", course.points("live"))),
                panel(seconds, "calls per second", line("calls per second", course.speed())),
                panel(
                        seconds,
                        "there at the moment",
                        line("calls in flight", course.points("in flight")),
                        line("timers", course.points("timers")),
                        line("keys", course.points("keys"))),
                panel(seconds, "platform threads", line("threads", course.points("threads")))));
    }

    private static Chart.Line line(String name, List<double[]> points) {
        return new Chart.Line(name, points, false);
    }

    private static Chart.Panel panel(Chart.Axis seconds, String title, Chart.Line... lines) {
        double most = List.of(lines).stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> point[1])
                .max()
                .orElse(1);
        return new Chart.Panel(seconds, axis(title, most), List.of(lines));
    }

    /** From zero to a round number above. */
    private static Chart.Axis axis(String title, double most) {
        double step = step(Math.max(1, most) / STEPS);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            ticks.add(i * step);
        }
        return new Chart.Axis(
                title, ticks, value -> String.format(Locale.ROOT, step < 1 ? "%,.1f" : "%,.0f", value), false);
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
