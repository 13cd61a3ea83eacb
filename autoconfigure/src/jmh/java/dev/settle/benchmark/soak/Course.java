package dev.settle.benchmark.soak;

import dev.settle.benchmark.process.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the child has told: columns of the same length, from its samples, and numbers of the end. */
final class Course {

    private final Map<String, List<Double>> columns = new LinkedHashMap<>();

    Course(List<Reading> told) {
        for (Reading reading : told) {
            this.columns
                    .computeIfAbsent(reading.what(), key -> new ArrayList<>())
                    .add(reading.value());
        }
    }

    List<Double> column(String name) {
        return this.columns.getOrDefault(name, List.of());
    }

    double last(String name) {
        List<Double> column = column(name);
        return column.get(column.size() - 1);
    }

    /** What is left at the end, by its name. */
    Map<String, Double> left() {
        Map<String, Double> left = new LinkedHashMap<>();
        this.columns.forEach((name, values) -> {
            if (name.startsWith("left: ")) {
                left.put(name.substring("left: ".length()), values.get(0));
            }
        });
        return left;
    }

    List<double[]> points(String name) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < column(name).size(); i++) {
            points.add(new double[] {column("second").get(i), column(name).get(i)});
        }
        return points;
    }

    /** Calls per second, from one sample to the next. */
    List<double[]> speed() {
        List<double[]> calls = points("calls");
        List<double[]> speed = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            double[] before = calls.get(i - 1);
            double[] now = calls.get(i);
            speed.add(new double[] {now[0], (now[1] - before[1]) / (now[0] - before[0])});
        }
        return speed;
    }
}
