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
