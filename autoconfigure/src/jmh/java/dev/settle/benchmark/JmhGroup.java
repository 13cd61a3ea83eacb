package dev.settle.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs benchmarks of JMH: average time, with what is allocated, each variant in JVMs of its own. */
public final class JmhGroup {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final String letter;
    private final List<Figure> figures = new ArrayList<>();

    /** Nothing has been run. */
    public JmhGroup(String letter) {
        this.letter = letter;
    }

    /** Where a figure of a benchmark belongs. */
    public record Place(String scenario, String subject) {}

    /** Says where the figures of a benchmark belong; no place: nowhere. */
    @FunctionalInterface
    public interface Placing {

        /** The places. */
        List<Place> places(BenchmarkParams parameters);
    }

    /**
     * What is run, and how long.
     *
     * @param include a regular expression on {@code class.method}
     * @param forks how many JVMs
     * @param warmups how many iterations before it counts
     * @param iterations how many that count
     * @param millis how long an iteration is
     */
    public record Plan(String include, int forks, int warmups, int iterations, int millis, int threads) {}

    /** Runs, and keeps the figures at the places. */
    public JmhGroup run(Plan plan, Placing placing, String... parameters) throws RunnerException {
        for (RunResult result : new Runner(options(plan, parameters).build()).run()) {
            keep(result, placing);
        }
        return this;
    }

    private static ChainedOptionsBuilder options(Plan plan, String... parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(plan.include())
                .forks(plan.forks())
                .warmupIterations(plan.warmups())
                .warmupTime(TimeValue.milliseconds(plan.millis()))
                .measurementIterations(plan.iterations())
                .measurementTime(TimeValue.milliseconds(plan.millis()))
                .threads(plan.threads())
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        for (String parameter : parameters) {
            String[] parts = parameter.split("=");
            options.param(parts[0], parts[1].split("\\|"));
        }
        return options;
    }

    private void keep(RunResult result, Placing placing) {
        List<Double> nanos = iterations(result)
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        List<Double> bytes = iterations(result)
                .map(iteration -> iteration.getSecondaryResults().get(ALLOCATED).getScore())
                .toList();
        for (Place place : placing.places(result.getParams())) {
            this.figures.add(new Figure(this.letter, place.scenario(), place.subject(), Unit.NANOS, nanos));
            this.figures.add(new Figure(this.letter, place.scenario(), place.subject(), Unit.ALLOCATED, bytes));
        }
    }

    private static Stream<IterationResult> iterations(RunResult result) {
        return result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream);
    }

    /** What has been measured. */
    public List<Figure> figures() {
        return this.figures;
    }
}
