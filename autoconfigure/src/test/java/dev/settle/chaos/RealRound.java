package dev.settle.chaos;

import dev.settle.abort.AsyncAbortController;
import dev.settle.autoconfigure.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/**
 * One round with real threads and time: several threads call the methods of a bean, are interrupted, and the application
 * may be closed meanwhile. A seed repeats the decisions, not the interleaving.
 */
final class RealRound {

    private final long seed;
    private final Dice dice;
    private final int permits;
    private final Bustle bustle;
    private final List<Crowd> crowd = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private RealRound(long seed) {
        this.seed = seed;
        this.dice = new Dice(seed);
        this.permits = this.dice.between(1, 4);
        this.bustle = new Bustle(this.permits, true);
    }

    static Round.Report run(long seed) {
        return new RealRound(seed).play();
    }

    private Round.Report play() {
        String policies = "settle.policies." + Chaotic.NAME + ".";
        Startup.runner()
                .withBean("chaotic", Chaotic.class)
                .withPropertyValues(
                        policies + "bulkhead.value=" + this.permits,
                        policies + "bulkhead.max-wait=" + this.dice.between(1, 50) + "ms",
                        policies + "exclusive.on-conflict=" + this.dice.one("wait", "reject"),
                        policies + "exclusive.max-wait=" + this.dice.between(1, 50) + "ms",
                        policies + "timeout.value=" + this.dice.between(2, 40) + "ms",
                        policies + "retry.max-retries=" + this.dice.between(0, 3),
                        policies + "throttle.enabled=" + this.dice.chance(50),
                        policies + "debounce.superseded=" + this.dice.one("share", "cancel"),
                        policies + "debounce.running=" + this.dice.one("overlap", "queue", "abort"))
                .run(this::inContext);
        this.bustle.close();
        Map<String, Integer> outcomes = new TreeMap<>();
        int calls = 0;
        for (Crowd one : this.crowd) {
            calls += one.errands().size();
            one.errands()
                    .forEach(
                            errand -> outcomes.merge(Outcomes.kind(errand.value(), errand.failure()), 1, Integer::sum));
        }
        return new Round.Report(this.seed, calls, this.bustle.attempts(), outcomes, this.bustle.findings(), List.of());
    }

    private void inContext(AssertableApplicationContext context) throws Exception {
        Chaotic bean = context.getBean(Chaotic.class);
        AsyncAbortController controller = context.getBean(AsyncAbortController.class);
        long listening = controller.listening();
        int callers = this.dice.between(4, 8);
        for (int i = 0; i < callers; i++) {
            this.crowd.add(new Crowd(bean, this.bustle, this.dice.number()));
            this.threads.add(new Thread(this.crowd.get(i), "chaos-" + i));
        }
        this.threads.forEach(Thread::start);
        disturb();
        boolean closing = this.dice.chance(50);
        if (closing) {
            context.getSourceApplicationContext().close();
        }
        for (Thread thread : this.threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            if (thread.isAlive()) {
                this.bustle.broken(Law.SETTLES_ONCE, thread.getName() + " does not come back");
            }
        }
        for (Crowd one : this.crowd) {
            for (Errand errand : one.errands()) {
                errand.awaitEnd();
            }
        }
        nothingIsLeft(controller, closing ? -1 : listening);
    }

    private void disturb() {
        for (int i = this.dice.between(0, 5); i > 0; i--) {
            int which = this.dice.between(0, this.threads.size() - 1);
            this.crowd.get(which).interrupting();
            this.threads.get(which).interrupt();
            Thread.yield();
        }
    }

    /** Calls leave a moment after their callers have gone on. */
    private void nothingIsLeft(AsyncAbortController controller, long listening) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (controller.inFlight().size() > 0 || (listening >= 0 && controller.listening() > listening)) {
            if (System.nanoTime() - patience > 0) {
                this.bustle.broken(
                        Law.SETTLES_ONCE,
                        controller.inFlight().size() + " calls and " + controller.listening() + " listeners are left");
                return;
            }
            Thread.onSpinWait();
        }
    }
}
