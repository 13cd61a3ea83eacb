package dev.settle.benchmark.interception;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows, before anything is measured, that a variant really does what it is measured for. */
final class Proofs {

    private Proofs() {}

    static void check(Variant variant, Subject subject) {
        if (variant.feature().retries()) {
            retries(variant, subject.desk());
        }
        if (variant.feature().limits() && !isSpring(variant)) {
            limits(variant, subject.desk(), (variant == Variant.SETTLE_FIVE) ? 1 : 64);
        }
        Registered.check(variant, subject);
    }

    private static boolean isSpring(Variant variant) {
        return variant.name().startsWith("SPRING");
    }

    /** Spring retries what is thrown, and not what a future says; Resilience4j, on its own, only what a future says. */
    private static void retries(Variant variant, Desk desk) {
        AtomicInteger attempts = new AtomicInteger();
        desk.proof(() -> {
                    if (attempts.incrementAndGet() > 1) {
                        return CompletableFuture.completedFuture("done");
                    }
                    IllegalStateException failure = new IllegalStateException("the first attempt fails");
                    if (isSpring(variant)) {
                        throw failure;
                    }
                    return CompletableFuture.failedFuture(failure);
                })
                .join();
        require(attempts.get() == 2, variant + " made " + attempts + " attempts, not 2");
    }

    /** A pending call more than there are permits does not run, or not before another has ended. */
    private static void limits(Variant variant, Desk desk, int permits) {
        AtomicInteger running = new AtomicInteger();
        CompletableFuture<String> end = new CompletableFuture<>();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < permits; i++) {
            calls.add(held(desk, running, end));
        }
        await(running, permits);
        CompletableFuture<String> one = held(desk, running, end).exceptionally(refusal -> "refused");
        calls.add(one);
        boolean refused = isRefused(one);
        require(running.get() == permits, variant + " runs " + running + " calls, not " + permits);
        end.complete("done");
        calls.forEach(CompletableFuture::join);
        require(refused || running.get() == permits + 1, variant + " lost a call");
    }

    private static CompletableFuture<String> held(Desk desk, AtomicInteger running, CompletableFuture<String> end) {
        try {
            return desk.proof(() -> {
                running.incrementAndGet();
                return end;
            });
        } catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    /** Some refuse on another thread; those that let wait are still waiting after a while. */
    private static boolean isRefused(CompletableFuture<String> call) {
        try {
            return call.get(100, TimeUnit.MILLISECONDS).equals("refused");
        } catch (Exception ex) {
            return false;
        }
    }

    private static void await(AtomicInteger running, int wanted) {
        long start = System.nanoTime();
        while (running.get() < wanted && System.nanoTime() - start < 30_000_000_000L) {
            Thread.onSpinWait();
        }
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
