package dev.settle.benchmark.process;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what processes have told, in the order in which they came. */
public final class Samples {

    private record Key(String scenario, String subject, String unit) {}

    private final String group;
    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    /** Nothing yet. */
    public Samples(String group) {
        this.group = group;
    }

    /** What a process told, or that it failed. */
    public void add(String scenario, String subject, Optional<List<Reading>> told) {
        if (told.isEmpty()) {
            add("processes that failed", subject, Unit.COUNT, this.failed(subject) + 1);
        }
        for (Reading reading : told.orElse(List.of())) {
            String what = scenario.isEmpty() ? reading.what() : scenario + ": " + reading.what();
            this.values
                    .computeIfAbsent(new Key(what, subject, reading.unit()), key -> new ArrayList<>())
                    .add(reading.value());
        }
    }

    private double failed(String subject) {
        return this.values
                .getOrDefault(new Key("processes that failed", subject, Unit.COUNT), List.of(0.0))
                .get(0);
    }

    private void add(String scenario, String subject, String unit, double value) {
        this.values.put(new Key(scenario, subject, unit), List.of(value));
    }

    /** The figures. */
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        this.values.forEach((key, samples) ->
                figures.add(new Figure(this.group, key.scenario(), key.subject(), key.unit(), samples)));
        return figures;
    }
}
