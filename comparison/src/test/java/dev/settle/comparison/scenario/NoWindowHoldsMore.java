package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who counts by the calendar lets twice as many in around midnight. */
final class NoWindowHoldsMore implements Scenario {

    /** A bit less than the second that is asked for: threads are late sometimes, and a start is seen after it was let go. */
    private static final long WINDOW = Duration.ofMillis(900).toNanos();

    @Override
    public String name() {
        return "No window of the rate limit's length holds more starts than the limit";
    }

    @Override
    public String correct() {
        return "Five starts a second; 800 ms after the limit was made, 15 calls come at once, and wait if they can."
                + " Correct: no 900 ms hold more than five starts.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.rateOfFive(Duration.ofSeconds(1), Duration.ofSeconds(10));
        Waits.watch(Duration.ofMillis(800));
        List<Long> starts = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 15; i++) {
            Caller.of(() -> rule.call(() -> {
                starts.add(System.nanoTime());
                return CompletableFuture.completedFuture("in");
            }));
        }
        Waits.watch(Duration.ofMillis(2500));
        List<Long> sorted = starts.stream().sorted().toList();
        long most = sorted.stream()
                .mapToLong(first -> sorted.stream()
                        .filter(next -> next >= first && next - first < WINDOW)
                        .count())
                .max()
                .orElse(0);
        return Observation.of(most > 0 && most <= 5, "at most %d in 900 ms", most);
    }
}
