package dev.settle.comparison.scenario;

import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Scenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is closed last must be usable by what is closed first. */
final class OrderedShutdown implements Scenario {

    @Override
    public String name() {
        return "Asynchronous cleanups run in an order at shutdown, each waited for, and one that hangs does not stop the"
                + " rest";
    }

    @Override
    public String correct() {
        return "Three cleanups in a row: the first takes 300 ms on another thread, the second never ends, the third is"
                + " quick; each may take a second. Correct: the second starts when the first has ended, and the third"
                + " still runs.";
    }

    @Override
    public Observation run(Library library) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Supplier<CompletionStage<?>> first = () -> CompletableFuture.runAsync(
                () -> seen.add("first ended"), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        Supplier<CompletionStage<?>> second = () -> {
            seen.add("second began");
            return new CompletableFuture<>();
        };
        Supplier<CompletionStage<?>> third = () -> {
            seen.add("third began");
            return CompletableFuture.completedFuture(null);
        };
        library.cleanups(List.of(first, second, third));
        library.close();
        boolean held = seen.equals(List.of("first ended", "second began", "third began"));
        return Observation.of(held, "%s", String.join(", ", seen));
    }
}
