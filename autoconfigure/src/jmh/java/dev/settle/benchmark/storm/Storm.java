package dev.settle.benchmark.storm;

import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import dev.settle.benchmark.process.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In the child: lets many calls fail twice, several times over, and then wait for their second try. */
final class Storm {

    private static final int CALLS = 10_000;
    private static final String STORM = "10,000 calls, two backoffs of 50 ms";
    private static final int WAITING = 100_000;

    private final Caller caller;

    private Storm(Caller caller) {
        this.caller = caller;
    }

    public static void main(String[] arguments) throws Exception {
        Child.library(arguments);
        Subject subject = Subject.valueOf(arguments[1]);
        int threads = Vitals.threads();
        Storm storm = new Storm(subject.caller(50));
        Vitals.watchThreads();
        for (int i = 0; i < 3; i++) {
            storm.run(false);
        }
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            storm.run(true);
        }
        Reading.tell("extra threads", Unit.COUNT, Vitals.peakThreads() - threads);
        waiting(subject.caller(TimeUnit.HOURS.toMillis(1)));
        Runtime.getRuntime().halt(0);
    }

    private void run(boolean told) throws Exception {
        List<Flaky> works = Stream.generate(() -> new Flaky(2)).limit(CALLS).toList();
        List<CompletableFuture<String>> calls = new ArrayList<>(CALLS);
        long used = Vitals.live();
        long collections = Vitals.collections();
        long before = System.nanoTime();
        works.forEach(work -> calls.add(this.caller.call(work)));
        int failed = 0;
        for (CompletableFuture<String> call : calls) {
            failed += call.handle((value, failure) -> (failure == null) ? 0 : 1).get(30, TimeUnit.SECONDS);
        }
        double wall = (System.nanoTime() - before) / 1e6;
        if (!told) {
            return;
        }
        Reading.tell(STORM, Unit.MILLIS, wall);
        Reading.tell("calls that failed, not retried", Unit.COUNT, failed);
        if (Vitals.collections() == collections) {
            Reading.tell(STORM, Unit.ALLOCATED, (double) (Vitals.used() - used) / CALLS);
        }
    }

    private static void waiting(Caller caller) {
        caller.call(new Flaky(2));
        @Nullable CompletableFuture<?>[] calls = new CompletableFuture<?>[WAITING];
        Flaky[] works = Stream.generate(() -> new Flaky(2)).limit(WAITING).toArray(Flaky[]::new);
        long before = Vitals.live();
        for (int i = 0; i < WAITING; i++) {
            calls[i] = caller.call(works[i]);
        }
        long live = Vitals.live() - before;
        long pending =
                Stream.of(calls).filter(call -> call != null && !call.isDone()).count();
        Reading.tell("calls waiting for their next try", Unit.COUNT, pending);
        if (pending == WAITING) {
            Reading.tell("held per waiting call", Unit.LIVE, (double) live / WAITING);
        }
    }
}
