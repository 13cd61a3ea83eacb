package dev.settle.benchmark.interception;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.JmhGroup;
import dev.settle.benchmark.JmhGroup.Place;
import dev.settle.benchmark.JmhGroup.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Group A: what stands between a caller and a method. */
public final class InterceptionGroup implements Group {

    private static final String CLASS = InterceptionBenchmark.class.getName().replace(".", "\\.") + "\\.";

    private static final String FUTURES = "(completed|pending)";

    @Override
    public String letter() {
        return "A";
    }

    @Override
    public String title() {
        return "Interception: a call of a bean's method that has nothing to do";
    }

    @Override
    public boolean inQuick() {
        return true;
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        JmhGroup group = new JmhGroup(letter());
        if (effort == Effort.QUICK) {
            return group.run(
                            new Plan(CLASS + FUTURES, 1, 3, 2, 750, 1),
                            InterceptionGroup::places,
                            variants(InterceptionGroup::isQuick))
                    .figures();
        }
        return group.run(
                        new Plan(CLASS + FUTURES, 2, 2, 3, 1000, 1),
                        InterceptionGroup::places,
                        variants(Variant::matters))
                .run(
                        new Plan(CLASS + FUTURES, 1, 2, 3, 1000, 1),
                        InterceptionGroup::places,
                        variants(variant -> !variant.matters()))
                .run(new Plan(CLASS + "sync", 1, 2, 3, 1000, 1), InterceptionGroup::places, variants(Variant::hasSync))
                .figures();
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                What a call of Settle's needs that an interceptor that does nothing does not, in bytes: 96 for the call, which is its
                own signal and its own place in what shutdown knows of; 40 for the attempt, which can be interrupted; 24 for the
                invocation; 24 for the key by which Spring finds the interceptors of a method where not all methods have them; 24 for
                the value of a synchronous method. `@Timeout` adds 88 for a part of the call with a signal and a limit, and 32 for the
                timer, which is armed before the method begins because that may block. What is pending adds a future for each
                policy and for the caller, and the JDK's callback on the method's own future. A prototype without signals, tracking,
                context and shutdown, from which the goals were taken, needed 168 for all four policies: the limits are those of
                what is promised, and what has been reached is kept by `-Dbenchmarks=quick`.
                """;
    }

    private static boolean isQuick(Variant variant) {
        return switch (variant) {
            case NO_OP, SETTLE_RETRY, SETTLE_ALL, RESILIENCE4J_ALL -> true;
            default -> false;
        };
    }

    private static String variants(Predicate<Variant> included) {
        return "variant="
                + Arrays.stream(Variant.values())
                        .filter(included)
                        .map(Variant::name)
                        .collect(Collectors.joining("|"));
    }

    private static List<Place> places(BenchmarkParams parameters) {
        Variant variant = Variant.valueOf(parameters.getParam("variant"));
        String shape =
                parameters.getBenchmark().substring(parameters.getBenchmark().lastIndexOf('.') + 1);
        return variant.feature().compared().stream()
                .map(feature -> new Place(feature + ", " + shape, variant.subject()))
                .toList();
    }
}
