package dev.settle.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.MDC;

/** One of the threads that call: it makes its calls one after another, and gives some of them up. */
final class Crowd implements Runnable {

    private static final int CALLS = 25;

    private final Chaotic bean;
    private final Bustle bustle;
    private final long seed;
    private final List<Errand> errands = new ArrayList<>();
    private final List<CompletableFuture<String>> futures = new ArrayList<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    Crowd(Chaotic bean, Bustle bustle, long seed) {
        this.bean = bean;
        this.bustle = bustle;
        this.seed = seed;
    }

    List<Errand> errands() {
        return this.errands;
    }

    /** Somebody is about to interrupt the thread. */
    void interrupting() {
        this.interrupted.set(true);
    }

    @Override
    public void run() {
        Dice dice = new Dice(this.seed);
        for (int i = 0; i < CALLS; i++) {
            call(dice, new Errand(this.bustle, dice.number(), dice.one("a", "b", "c")));
            if (dice.chance(15) && !this.futures.isEmpty()) {
                dice.one(this.futures).cancel(true);
            }
            if (Thread.interrupted() && !this.interrupted.get()) {
                this.bustle.broken(Law.WAITING_HOLDS_NO_THREAD, "an interrupt has leaked");
            }
        }
    }

    private void call(Dice dice, Errand errand) {
        this.errands.add(errand);
        int kind = dice.between(0, 9);
        boolean cancelled = dice.chance(20);
        MDC.put("call", errand.id());
        try {
            switch (kind) {
                case 0, 1, 2, 3 -> follow(errand, this.bean.stage(errand.key(), errand));
                case 4, 5 -> follow(errand, this.bean.debounced(errand.key(), errand));
                case 6 -> {
                    var subscription = this.bean
                            .mono(errand.key(), errand)
                            .doOnCancel(() -> errand.over(null, null))
                            .subscribe(
                                    value -> {}, failure -> errand.over(null, failure), () -> errand.over(null, null));
                    if (cancelled) {
                        subscription.dispose();
                    }
                }
                case 7 ->
                    this.bean
                            .flux(errand.key(), errand)
                            .subscribe(
                                    value -> {}, failure -> errand.over(null, failure), () -> errand.over(null, null));
                default -> errand.over(this.bean.value(errand.key(), errand), null);
            }
        } catch (Throwable ex) {
            errand.over(null, ex);
        } finally {
            if (!errand.id().equals(MDC.get("call"))) {
                this.bustle.broken(Law.CONTEXT_TRAVELS, "the context " + MDC.get("call") + " is left on a thread");
            }
            MDC.remove("call");
        }
    }

    private void follow(Errand errand, CompletableFuture<String> future) {
        this.futures.add(future);
        future.whenComplete(errand::over);
    }
}
