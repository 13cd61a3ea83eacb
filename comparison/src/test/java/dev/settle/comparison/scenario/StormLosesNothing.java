package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Where waits end by every way there is, all at once. */
final class StormLosesNothing implements Scenario {

    private static final int CALLERS = 8;
    private static final int CALLS = 250;

    private final AtomicReference<CompletableFuture<String>> last = new AtomicReference<>();
    private final AtomicInteger overlaps = new AtomicInteger();

    @Override
    public String name() {
        return "A storm of calls, ended waits and cancellations loses no permit, and lets nobody in too many";
    }

    @Override
    public String correct() {
        return "Limit 1, waits of up to 20 ms; 8 callers make 250 calls each of work that takes 2 ms on another thread, and"
                + " cancel every third. Correct: never two inside, all 2,000 futures settle, and another"
                + " call gets in, at the latest the tenth.";
    }

    @Override
    public Observation run(Library library) {
        this.last.set(null);
        this.overlaps.set(0);
        Rule rule = library.limitWithEndingWait(Duration.ofMillis(20));
        List<CompletableFuture<String>> futures = new CopyOnWriteArrayList<>();
        List<Caller> callers = IntStream.range(0, CALLERS)
                .mapToObj(seed -> Caller.ofSync(() -> storm(rule, new Random(seed), futures)))
                .toList();
        callers.forEach(caller -> caller.outcome(Duration.ofSeconds(45)));
        Waits.until(Waits.SOON, () -> unsettled(futures) == 0);
        awaitCalm();
        Outcome next = nextCall(rule);
        boolean alone = this.overlaps.get() == 0;
        long unsettled = unsettled(futures);
        return Observation.of(
                alone && unsettled == 0 && next.is("in"),
                "%s, %s, another call got %s",
                alone ? "never two inside" : "two inside at a time",
                (unsettled == 0) ? "all settled" : "some never settled",
                next);
    }

    /** Some let work start that nobody waits for any more: that is another row's business. */
    private void awaitCalm() {
        AtomicReference<CompletableFuture<String>> seen = new AtomicReference<>();
        Waits.until(Duration.ofSeconds(15), () -> {
            CompletableFuture<String> now = this.last.get();
            boolean calm = seen.getAndSet(now) == now;
            Waits.watch(Duration.ofMillis(200));
            return calm;
        });
    }

    /** A permit that is lost stays lost; a call that is late on a busy machine is not late ten times. */
    private static Outcome nextCall(Rule rule) {
        Outcome next = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                .outcome(Waits.SOON);
        for (int i = 1; i < 10 && next.failed(); i++) {
            next = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                    .outcome(Waits.SOON);
        }
        return next;
    }

    private String storm(Rule rule, Random random, List<CompletableFuture<String>> futures) {
        for (int i = 0; i < CALLS; i++) {
            try {
                CompletableFuture<String> future = rule.call(this::work);
                futures.add(future);
                if (random.nextInt(3) == 0) {
                    future.cancel(true);
                }
                if (i % 4 == 0) {
                    Outcome.of(future, Waits.AT_ONCE);
                }
            } catch (Exception ex) {
                // Some throw their refusals.
                futures.add(CompletableFuture.failedFuture(ex));
            }
        }
        return "done";
    }

    private CompletableFuture<String> work() {
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> before = this.last.getAndSet(mine);
        if (before != null && !before.isDone()) {
            this.overlaps.incrementAndGet();
        }
        CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS).execute(() -> mine.complete("done"));
        return mine;
    }

    private static long unsettled(List<CompletableFuture<String>> futures) {
        return futures.stream().filter(future -> !future.isDone()).count();
    }
}
